import {
  DuplicateComparison,
  DuplicatePair,
  type MergeRecords,
  PatientMerge,
} from '@maillage/contracts/coordination/duplicates'
import { pageOf } from '@maillage/contracts/kit/page'
import type { Http } from '../../platform/http.ts'

const Pairs = pageOf(DuplicatePair)
const Merges = pageOf(PatientMerge)

/** The calls about records that may be one person. */
export function duplicatesApi(http: Http) {
  return {
    list: (status: 'suspected' | 'apart', cursor?: string, signal?: AbortSignal) =>
      http.get('/duplicates', Pairs, { query: { status, limit: 50, cursor }, signal }),
    compare: (id: string, signal?: AbortSignal) => http.get(`/duplicates/${id}`, DuplicateComparison, { signal }),
    keepApart: (id: string, version: number) => http.post(`/duplicates/${id}/dismissal`, { version }, DuplicatePair),
    reconsider: (id: string, version: number) =>
      http.post(`/duplicates/${id}/reconsideration`, { version }, DuplicatePair),
    merge: (id: string, body: MergeRecords, idempotencyKey: string) =>
      http.post(`/duplicates/${id}/merge`, body, PatientMerge, { idempotencyKey }),
    merges: (cursor?: string, signal?: AbortSignal) =>
      http.get('/patient-merges', Merges, { query: { limit: 50, cursor }, signal }),
    undo: (id: string) => http.post(`/patient-merges/${id}/undo`, undefined, PatientMerge),
  }
}
