import type { TimelineEntry } from '@maillage/contracts/cases'
import { counted } from '../../ui/words/typography.ts'

/** « Samira Haddad lit aussi ce dossier »; nothing when nobody does. */
export function readersInWords(readers: readonly string[]): string | undefined {
  const [first, second] = readers
  if (first === undefined) return undefined
  if (second === undefined) return `${first} lit aussi ce dossier`
  if (readers.length === 2) return `${first} et ${second} lisent aussi ce dossier`
  return `${first} et ${readers.length - 1} autres personnes lisent aussi ce dossier`
}

/** « 3 changements depuis votre dernière lecture ». */
export const sinceInWords = (changes: number): string | undefined =>
  changes === 0 ? undefined : `${counted(changes, 'changement', 'changements')} depuis votre dernière lecture`

/** What others added to a story between two readings of it, newest first as the story is. */
export function addedByOthers(
  before: readonly TimelineEntry[],
  now: readonly TimelineEntry[],
  myName: string | undefined,
): TimelineEntry[] {
  const known = new Set(before.map(({ id }) => id))
  return now.filter(({ id, by }) => !known.has(id) && by !== myName)
}
