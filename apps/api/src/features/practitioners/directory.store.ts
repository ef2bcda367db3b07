import type { DayDate } from '@maillage/contracts/kit/dates'
import { foldName } from '@maillage/contracts/kit/identifiers'
import { type CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Practitioner, PractitionerQuery } from '@maillage/contracts/practitioners'
import * as z from 'zod'
import { reachableBy } from '../../kernel/proposals/proposal-view.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { nameOf } from '../../platform/db/named-sql.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'

interface EntryRow {
  id: PractitionerId
  display_name: string
  profession: Practitioner['profession']
  is_general_practitioner: boolean
  specialty: string | null
  rpps: string | null
  practice_name: string | null
  practice_line: string | null
  practice_phone: string | null
  municipality_code: string
  municipality: string | null
  home_visits: boolean | null
  languages: string[]
  accessible: boolean | null
  has_account: boolean
  places: number | null
  remaining: number | null
  declared_at: string | null
  absent_until: DayDate | null
  updated_at: string
  version: number
}

/** In which directory, on which day, and whether the reader may see places. */
export interface Reading {
  readonly cptsId: CptsId
  readonly today: DayDate
  readonly seesCapacity: boolean
}

// The last entry seen, by id alone: no name stands in an address.
const DirectoryCursor = z.tuple([PractitionerId])

// $1 is the CPTS, $2 the day. Places left are those declared less those that acceptances of this declaration took.
const selectEntries = `select p.id, p.display_name, p.profession, p.is_general_practitioner, p.specialty, p.rpps,
  p.practice_name, p.practice_line, p.practice_phone, p.municipality_code,
  (select name from municipalities where code = p.municipality_code) as municipality,
  p.home_visits, p.languages, p.accessible, p.updated_at, p.version, intake.places, intake.remaining, intake.declared_at,
  exists (
    select 1 from memberships s where s.cpts_id = p.cpts_id and s.practitioner_id = p.id and s.ended_at is null
  ) as has_account,
  (
    select max(until_day) from absences a
    where a.cpts_id = p.cpts_id and a.practitioner_id = p.id and $2::date between a.from_day and a.until_day
  ) as absent_until
from practitioners p
left join lateral (
  select c.places, c.declared_at, c.places - coalesce((
      select sum(o.places_taken)::int from proposals o where o.cpts_id = c.cpts_id and o.practitioner_id = c.practitioner_id
        and o.status = 'accepted' and o.capacity_period = c.period), 0) as remaining,
    c.new_patients and coalesce(c.opens_at <= $2::date, true) and coalesce(c.closes_at >= $2::date, true) as is_open
  from intake_capacities c where c.cpts_id = p.cpts_id and c.practitioner_id = p.id
) intake on true
where p.cpts_id = $1`

/** A page of the directory, by folded name; those gone from the national directory are left out. */
export async function listPractitioners(
  db: Db,
  reading: Reading,
  query: PractitionerQuery,
): Promise<{ items: Practitioner[]; next: string | null }> {
  const after = decodeCursor(query.cursor, DirectoryCursor)
  const values: unknown[] = [reading.cptsId, reading.today]
  const param = (value: unknown): string => `$${values.push(value)}`
  const wheres = ['p.gone_at is null', ...filtersOf(query, param)]
  if (after) {
    const last = param(after[0])
    wheres.push(
      `(p.search, p.id) > (select l.search, l.id from practitioners l where l.cpts_id = $1 and l.id = ${last})`,
    )
  }
  const text = `${selectEntries} and ${wheres.join(' and ')} order by p.search, p.id limit ${param(query.limit + 1)}`
  const rows = await queryRows<EntryRow>(db, { name: nameOf(text), text, values })
  return toPage(
    rows,
    query.limit,
    (row) => [row.id],
    (row) => toPractitioner(row, reading),
  )
}

function filtersOf(query: PractitionerQuery, param: (value: unknown) => string): string[] {
  const wheres: string[] = []
  if (query.profession) wheres.push(`p.profession = ${param(query.profession)}`)
  if (query.specialty) wheres.push(`p.specialty = ${param(query.specialty)}`)
  if (query.municipality) wheres.push(`p.municipality_code = ${param(query.municipality)}`)
  if (query.acceptsNewPatients) {
    const accepts = 'coalesce(intake.is_open and intake.remaining > 0, false)'
    wheres.push(query.acceptsNewPatients === 'true' ? accepts : `not ${accepts}`)
  }
  // A directory has some thousand entries at most: the beginnings of words are sought in each.
  const words = foldName(query.q ?? '')
    .split(' ')
    .filter(Boolean)
  if (words.length > 0) {
    const starts = `unnest(${param(words.map((word) => ` ${word}`))}::text[])`
    wheres.push(`not exists (select 1 from ${starts} word where position(word in ' ' || p.search) = 0)`)
  }
  return wheres
}

/** One entry of the directory, gone ones included: cases name them. */
export async function findPractitioner(
  db: Db,
  reading: Reading,
  id: PractitionerId,
): Promise<Practitioner | undefined> {
  const text = `${selectEntries} and p.id = $3`
  const [row] = await queryRows<EntryRow>(db, {
    name: 'directory_entry',
    text,
    values: [reading.cptsId, reading.today, id],
  })
  return row && toPractitioner(row, reading)
}

const toPractitioner = (row: EntryRow, { seesCapacity }: Reading): Practitioner => ({
  id: row.id,
  displayName: row.display_name,
  profession: row.profession,
  isGeneralPractitioner: row.is_general_practitioner,
  specialty: row.specialty,
  rpps: row.rpps,
  practice: row.practice_name,
  practiceLine: row.practice_line,
  practicePhone: row.practice_phone,
  municipality: { code: row.municipality_code, name: row.municipality ?? '' },
  homeVisits: row.home_visits,
  languages: row.languages,
  accessible: row.accessible,
  reachableBy: reachableBy({ hasAccount: row.has_account, practicePhone: row.practice_phone }),
  capacity: seesCapacity
    ? {
        state: row.places === null ? 'unknown' : 'declared',
        places: row.places,
        remaining: row.remaining,
        declaredAt: row.declared_at && instantOf(row.declared_at),
      }
    : null,
  absentUntil: row.absent_until,
  updatedAt: instantOf(row.updated_at),
  version: row.version,
})
