import { CaseHeader, type CaseKindName } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { OwnProposal, type Proposal } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { casePath } from '../../../kernel/case-api.ts'
import type { Http } from '../../../platform/http.ts'

/** The name of the move that ends a case of each kind. */
const endings: Record<CaseKindName, string> = {
  'gp-search': 'close',
  'unscheduled-care': 'cancel',
  'hospital-discharge': 'cancel',
}

interface Moved {
  id: CaseId
  kind: CaseKindName
  version: number
}

/** The moves of several cases, whatever their kind: what they answer is read as far as the header. */
export function bulkApi(http: Http) {
  const move = ({ id, kind, version }: Moved, body: object) =>
    http.post(`${casePath(kind, id)}/moves`, { ...body, version }, CaseHeader)
  return {
    end: (one: Moved, reason: string) => move(one, { action: endings[one.kind], reason }),
    reopen: (one: Moved) => move(one, { action: 'reopen', reason: 'closed_by_mistake' }),
    withdraw: ({ id, version }: Pick<z.infer<typeof Proposal>, 'id' | 'version'>) =>
      http.post(`/proposals/${id}/withdrawal`, { version }, OwnProposal),
  }
}
