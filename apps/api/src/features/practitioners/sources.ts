import type { EntrySources } from '@maillage/contracts/directory/practitioner-cards'
import type { PractitionerRow } from './practitioner.store.ts'

/** What an entry remembers of the columns that a person enters: an import leaves them, and the card says whose they are. */
export function enteredNow(
  before: Pick<PractitionerRow, 'enteredByPerson' | 'sources'>,
  columns: readonly string[],
  by: EntrySources[string]['by'],
  now: Date,
): Pick<PractitionerRow, 'enteredByPerson' | 'sources'> {
  const at = now.toISOString()
  return {
    enteredByPerson: [...new Set([...before.enteredByPerson, ...columns])],
    sources: { ...before.sources, ...Object.fromEntries(columns.map((column) => [column, { by, at }])) },
  }
}
