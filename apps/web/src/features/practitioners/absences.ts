import type { Absence } from '@maillage/contracts/practitioners'

/** The first to come first. */
export const sortedAbsences = (absences: readonly Absence[]): Absence[] =>
  [...absences].sort((a, b) => a.from.localeCompare(b.from) || a.until.localeCompare(b.until))

/** The first absence that shares a day with the days typed; nothing while they are not both typed, in order. */
export function overlapping(
  absences: readonly Absence[],
  { from, until }: { from: string; until: string },
): Absence | undefined {
  if (!from || !until || until < from) return undefined
  return sortedAbsences(absences).find((one) => one.from <= until && from <= one.until)
}
