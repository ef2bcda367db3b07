import {
  type ChangePublicDesk,
  InformationNotices,
  PublicDesk,
  type PublishNotice,
} from '@maillage/contracts/coordination/public-registration'
import { Territory } from '@maillage/contracts/territory'
import type { Http } from '../../platform/http.ts'

/** The calls of the screen: what the public reads of the CPTS. */
export function publicDeskApi(http: Http) {
  return {
    desk: (signal: AbortSignal) => http.get('/public-desk', PublicDesk, { signal }),
    change: (body: ChangePublicDesk) => http.put('/public-desk', body, PublicDesk),
    notices: (signal: AbortSignal) => http.get('/information-notices', InformationNotices, { signal }),
    publish: (body: PublishNotice) => http.post('/information-notices', body, InformationNotices),
    territory: (signal: AbortSignal) => http.get('/territory', Territory, { signal }),
  }
}
