import { Coordinators } from '@maillage/contracts/accounts'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import { Territory } from '@maillage/contracts/territory'
import { WorklistCounts, WorklistItem, WorklistRowsFound } from '@maillage/contracts/worklist'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'
import { type Filters, queryOf } from './filters/worklist-filters.ts'

// A search says when more people may match than it looked at.
const WorklistPage = pageOf(WorklistItem).extend({ isPartial: z.boolean().optional() })
export type WorklistPage = z.infer<typeof WorklistPage>

export interface PageWanted {
  filters: Filters
  /** Typed: a name, a phone, a birth date or a reference. It travels in a body, never in an address. */
  q?: string
  cursor?: string
  limit: number
}

/** The calls of the queue. */
export function worklistApi(http: Http) {
  return {
    page: ({ filters, q, cursor, limit }: PageWanted, signal?: AbortSignal): Promise<WorklistPage> => {
      const query = { ...queryOf(filters), limit, cursor }
      return q
        ? http.post('/worklist/search', { ...query, q }, WorklistPage, { signal })
        : http.get('/worklist', WorklistPage, { query, signal, keep: true })
    },
    /** Those of these cases that the filters let through now; at most 200 at once. */
    rows: (filters: Filters, ids: readonly CaseId[], signal?: AbortSignal) =>
      http.post('/worklist/rows', { ...queryOf(filters), ids }, WorklistRowsFound, { signal }),
    counts: (signal?: AbortSignal) => http.get('/worklist/counts', WorklistCounts, { signal }),
    coordinators: (signal?: AbortSignal) => http.get('/coordinators', Coordinators, { signal }),
    territory: (signal?: AbortSignal) => http.get('/territory', Territory, { signal }),
  }
}
