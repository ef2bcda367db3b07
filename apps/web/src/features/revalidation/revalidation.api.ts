import { RevalidationCampaignId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import {
  type AnswerRevalidation,
  type CampaignPart,
  CampaignPreview,
  LettersPosted,
  ReasonsReport,
  RevalidationKept,
  RevalidationOverview,
  ToReach,
} from '@maillage/contracts/revalidation'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const People = pageOf(ToReach)
const Started = z.object({ id: RevalidationCampaignId, asked: z.int() })

/** The calls about asking those who wait. */
export function revalidationApi(http: Http) {
  return {
    overview: (signal?: AbortSignal) => http.get('/revalidation', RevalidationOverview, { signal }),
    toReach: (channel: 'phone' | 'letter', cursor?: string, signal?: AbortSignal) =>
      http.get('/revalidations', People, { query: { channel, limit: 100, cursor }, signal }),
    answer: (id: string, said: Omit<AnswerRevalidation, 'version'>, version: number) =>
      http.post(`/revalidations/${id}/answer`, { ...said, version }, RevalidationKept),
    undo: (id: string, version: number) => http.post(`/revalidations/${id}/undo`, { version }, RevalidationKept),
    posted: (ids: readonly string[], idempotencyKey: string) =>
      http.post('/revalidation-letters', { ids }, LettersPosted, { idempotencyKey }),
    preview: (part: CampaignPart, signal?: AbortSignal) =>
      http.get('/revalidation-campaigns/preview', CampaignPreview, { query: part, signal }),
    start: (part: CampaignPart, idempotencyKey: string) =>
      http.post('/revalidation-campaigns', part, Started, { idempotencyKey }),
    reasons: (from: string, to: string, signal?: AbortSignal) =>
      http.get('/search-reasons', ReasonsReport, { query: { from, to }, signal }),
  }
}
