import { pageOf } from '@maillage/contracts/kit/page'
import { type ExplainReading, ReadingAlert, type ReadingAlertsQuery } from '@maillage/contracts/trail/reading-alerts'
import type { Http } from '../../platform/http.ts'

const Page = pageOf(ReadingAlert)

/** The calls about readings out of the ordinary. */
export const readingAlertsApi = (http: Http) => ({
  list: (status: ReadingAlertsQuery['status'], cursor: string | undefined, signal?: AbortSignal) =>
    http.get('/reading-alerts', Page, { query: { status, cursor, limit: 50 }, signal }),
  explain: (id: string, body: ExplainReading) => http.put(`/reading-alerts/${id}/explanation`, body, ReadingAlert),
})
