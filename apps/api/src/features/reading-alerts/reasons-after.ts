import { type ReadingReason, readingRules } from '@maillage/contracts/trail/reading-alerts'
import type { Unusual } from './unusual.ts'

/** An alert as it stands. */
export interface KnownAlert {
  readonly reasons: readonly ReadingReason[]
  readonly isExplained: boolean
}

/**
 * What an alert tells once these were found, the most of each rule; undefined where that is nothing new. What was explained
 * comes back for another reason, or when one doubles: an explanation is no leave to go on.
 */
export function reasonsAfter(known: KnownAlert | undefined, found: readonly Unusual[]): ReadingReason[] | undefined {
  const of = (rule: string): ReadingReason | undefined => known?.reasons.find((one) => one.rule === rule)
  const isNews = ({ rule, files }: Unusual): boolean => {
    const before = of(rule)?.files ?? 0
    return known?.isExplained ? files >= 2 * before : files > before
  }
  if (!found.some(isNews)) return undefined
  return readingRules.flatMap((rule) => {
    const before = of(rule)
    const after = found.find((one) => one.rule === rule)
    if (!after || (before && before.files >= after.files)) return before ?? []
    const { files, threshold, firstAt, lastAt } = after
    return { rule, files, threshold, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() }
  })
}
