import type { Reading } from '@maillage/contracts/trail/readings'
import { Readings, type ReadingsQuery } from '@maillage/contracts/trail/readings'
import { type Ref, ref, type WatchSource } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Pages, usePages } from '../../platform/paging/use-pages.ts'

export interface CaseReadings {
  readonly list: Pages<Reading>
  /** How long a line is kept here, in months; undefined before the first answer. */
  readonly keptMonths: Ref<number | undefined>
}

/** Whom a case was shown to; asking for it leaves its own line, so it is asked when somebody wants it and not before. */
export function useReadings(
  wanted: () => Pick<ReadingsQuery, 'reference' | 'of' | 'lists'> & { limit: number },
  source: WatchSource,
): CaseReadings {
  const http = useHttp()
  const keptMonths = ref<number>()
  const list = usePages(async (cursor, signal) => {
    const page = await http.get('/readings', Readings, { query: { ...wanted(), cursor }, signal })
    keptMonths.value = page.keptMonths
    return page
  }, source)
  return { list, keptMonths }
}
