import type { CardField, FieldSource } from '@maillage/contracts/directory/practitioner-cards'
import { cardFields } from '@maillage/contracts/directory/practitioner-cards'
import type { PractitionerRow } from '../practitioner.store.ts'

/** The column in which a field stands; the other places are rows, remembered under this name. */
export const columnOfField: Record<CardField, string> = {
  practice: 'practice_name',
  practiceLine: 'practice_line',
  practicePostalCode: 'practice_postal_code',
  municipality: 'municipality_code',
  practicePhone: 'practice_phone',
  practiceEmail: 'practice_email',
  mssanteAddress: 'mssante_address',
  practiceHours: 'practice_hours',
  languages: 'languages',
  accessible: 'accessible',
  homeVisits: 'home_visits',
  teleconsultation: 'teleconsultation',
  sites: 'other_sites',
}

/** What the public extraction never says. */
const neverImported: ReadonlySet<CardField> = new Set([
  'mssanteAddress',
  'practiceHours',
  'languages',
  'accessible',
  'homeVisits',
  'teleconsultation',
])

/** Where each field of a card comes from. A column entered before this was kept was entered by the coordination. */
export function sourcesOf(entry: PractitionerRow, sitesKnown: boolean): FieldSource[] {
  return cardFields.map((field) => {
    const column = columnOfField[field]
    const entered = entry.sources[column]
    if (entered) return { field, from: entered.by, at: entered.at }
    if (entry.enteredByPerson.includes(column)) return { field, from: 'coordinator', at: null }
    const isImported = entry.importedAt !== null && !neverImported.has(field) && (field !== 'sites' || sitesKnown)
    return { field, from: isImported ? 'import' : 'none', at: isImported ? toInstant(entry.importedAt) : null }
  })
}

const toInstant = (at: Date | null): string | null => at?.toISOString() ?? null
