import type { WorklistCounts } from '@maillage/contracts/worklist'
import type * as z from 'zod'
import { counted } from '../../../ui/words/typography.ts'
import { type Filters, setFilters } from '../filters/worklist-filters.ts'

export interface CountFacts {
  filters: Filters
  q: string
  counts: z.infer<typeof WorklistCounts> | undefined
  /** Rows read so far. */
  known: number
  /** They are all there is. */
  isWhole: boolean
}

export interface CountWords {
  /** Undefined when nobody has counted. */
  total: number | undefined
  count: string
  late: string | undefined
}

/** « 165 dossiers », « plus de 100 dossiers » where the server has not counted what is filtered. */
export function countWords({ filters, q, counts, known, isWhole }: CountFacts): CountWords {
  const isPlain = q === '' && setFilters(filters).length === 0
  const ofTab = filters.kind ? counts?.byKind[filters.kind] : counts?.open
  const total = isWhole ? known : (isPlain && ofTab) || undefined
  const words = counted(total ?? known, 'dossier', 'dossiers', 'aucun dossier')
  const late = isPlain && filters.kind === undefined && counts && counts.late > 0 ? counts.late : 0
  return {
    total,
    count: total === undefined && known > 0 ? `plus de ${words}` : words,
    late: late > 0 ? `${late.toLocaleString('fr-FR')}\u00A0en retard` : undefined,
  }
}
