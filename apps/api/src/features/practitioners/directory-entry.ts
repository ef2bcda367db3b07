import type { PracticeSite } from '@maillage/contracts/directory/practitioner-cards'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, PractitionerId, TeamId } from '@maillage/contracts/kit/ids'
import type { Practitioner } from '@maillage/contracts/practitioners'
import { reachableBy } from '../../kernel/proposals/proposal-view.ts'
import { instantOf } from '../../platform/db/named-query.ts'

/** A line of the directory as the database gives it. */
export interface EntryRow {
  id: PractitionerId
  display_name: string
  profession: Practitioner['profession']
  is_general_practitioner: boolean
  specialty: string | null
  rpps: string | null
  practice_name: string | null
  practice_line: string | null
  practice_phone: string | null
  practice_email: string | null
  mssante_address: string | null
  practice_hours: string | null
  municipality_code: string
  municipality: string | null
  home_visits: boolean | null
  teleconsultation: boolean | null
  languages: string[]
  accessible: boolean | null
  entered_by_person: string[]
  imported: boolean
  shown_internally: boolean | null
  shown_publicly: boolean | null
  confirmed_at: string | null
  has_account: boolean
  places: number | null
  remaining: number | null
  declared_at: string | null
  team_id: TeamId | null
  team_name: string | null
  team_places: number | null
  team_remaining: number | null
  sites: PracticeSite[] | null
  absent_until: DayDate | null
  replacement_id: PractitionerId | null
  replacement_name: string | null
  replacement_phone: string | null
  updated_at: string
  version: number
}

/** In which directory, on which day, and what the reader may see. */
export interface Reading {
  readonly cptsId: CptsId
  readonly today: DayDate
  readonly seesCapacity: boolean
  /** A card confirmed before this is asked about again. */
  readonly staleBefore: Date
  readonly isCoordinator: boolean
  /** The reader's own entry. */
  readonly own: PractitionerId | null
}

/**
 * May this reader see what stands in this column? The coordinator and its owner always; the others where the person lets
 * their contacts be shown. Who was never asked shows what the public extraction publishes, and nothing typed since.
 */
function isShown(row: EntryRow, { isCoordinator, own }: Reading, column: string): boolean {
  if (isCoordinator || own === row.id) return true
  return row.shown_internally ?? (row.imported && !row.entered_by_person.includes(column))
}

/** An entry as this reader may see it. */
export const toPractitioner = (row: EntryRow, reading: Reading): Practitioner => ({
  id: row.id,
  displayName: row.display_name,
  profession: row.profession,
  isGeneralPractitioner: row.is_general_practitioner,
  specialty: row.specialty,
  rpps: row.rpps,
  practice: row.practice_name,
  practiceLine: row.practice_line,
  ...contactsOf(row, reading),
  municipality: { code: row.municipality_code, name: row.municipality ?? '' },
  homeVisits: row.home_visits,
  teleconsultation: row.teleconsultation,
  languages: row.languages,
  accessible: row.accessible,
  team: teamOf(row, reading),
  reachableBy: reachableBy({ hasAccount: row.has_account, practicePhone: row.practice_phone }),
  capacity: reading.seesCapacity ? capacityOf(row) : null,
  absentUntil: row.absent_until,
  replacement: replacementOf(row),
  confirmedAt: row.confirmed_at && instantOf(row.confirmed_at),
  publication: reading.isCoordinator ? { internal: row.shown_internally, public: row.shown_publicly } : null,
  updatedAt: instantOf(row.updated_at),
  version: row.version,
})

type Contacts = Pick<
  Practitioner,
  'practicePhone' | 'practiceEmail' | 'mssanteAddress' | 'practiceHours' | 'contactsShown' | 'sites'
>

function contactsOf(row: EntryRow, reading: Reading): Contacts {
  const seen = (value: string | null, column: string): string | null => (isShown(row, reading, column) ? value : null)
  const showsSites = isShown(row, reading, 'other_sites')
  return {
    practicePhone: seen(row.practice_phone, 'practice_phone'),
    practiceEmail: seen(row.practice_email, 'practice_email'),
    mssanteAddress: seen(row.mssante_address, 'mssante_address'),
    practiceHours: seen(row.practice_hours, 'practice_hours'),
    contactsShown: isShown(row, reading, 'practice_phone'),
    sites: (row.sites ?? []).map((site) => (showsSites ? site : { ...site, phone: null, hours: null })),
  }
}

function teamOf(row: EntryRow, { seesCapacity }: Reading): Practitioner['team'] {
  if (!row.team_id || row.team_name === null) return null
  const counted = seesCapacity ? { places: row.team_places, remaining: row.team_remaining } : null
  return {
    id: row.team_id,
    name: row.team_name,
    places: counted?.places ?? null,
    remaining: counted?.remaining ?? null,
  }
}

const capacityOf = (row: EntryRow): Practitioner['capacity'] => ({
  state: row.places === null ? 'unknown' : 'declared',
  places: row.places,
  remaining: row.remaining,
  declaredAt: row.declared_at && instantOf(row.declared_at),
})

const replacementOf = (row: EntryRow): Practitioner['replacement'] =>
  row.replacement_name === null
    ? null
    : { practitionerId: row.replacement_id, name: row.replacement_name, phone: row.replacement_phone }
