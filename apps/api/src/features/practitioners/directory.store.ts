import { foldName } from '@maillage/contracts/kit/identifiers'
import { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Practitioner, PractitionerQuery } from '@maillage/contracts/practitioners'
import * as z from 'zod'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { nameOf } from '../../platform/db/named-sql.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { type EntryRow, type Reading, toPractitioner } from './directory-entry.ts'

// The last entry seen, by id alone: no name stands in an address.
const DirectoryCursor = z.tuple([PractitionerId])

// $1 is the CPTS, $2 the day. Places left are those declared less those that acceptances of this declaration took, of the
// team's where it counts some.
const selectEntries = `select p.id, p.display_name, p.profession, p.is_general_practitioner, p.specialty, p.rpps,
  p.practice_name, p.practice_line, p.practice_phone, p.practice_email, p.mssante_address, p.practice_hours,
  p.municipality_code, (select name from municipalities where code = p.municipality_code) as municipality,
  p.home_visits, p.teleconsultation, p.languages, p.accessible, p.updated_at, p.version, p.entered_by_person,
  p.imported_at is not null as imported, p.shown_internally, p.shown_publicly, p.confirmed_at,
  intake.places, intake.remaining, intake.declared_at,
  p.team_id, team.name as team_name, team.places as team_places, team.remaining as team_remaining,
  (select json_agg(json_build_object('id', s.id, 'name', s.name, 'line', s.line, 'postalCode', s.postal_code,
      'municipality', json_build_object('code', s.municipality_code, 'name',
        coalesce((select name from municipalities where code = s.municipality_code), '')),
      'phone', s.phone, 'accessible', s.accessible, 'hours', s.hours) order by s.position)
    from practice_sites s where s.cpts_id = p.cpts_id and s.practitioner_id = p.id) as sites,
  exists (
    select 1 from memberships s where s.cpts_id = p.cpts_id and s.practitioner_id = p.id and s.ended_at is null
  ) as has_account,
  away.until_day as absent_until, away.replacement_id, away.replacement_name, away.replacement_phone
from practitioners p
left join lateral (
  select c.places, c.declared_at, c.places - coalesce((
      select sum(o.places_taken)::int from proposals o where o.cpts_id = c.cpts_id and o.practitioner_id = c.practitioner_id
        and o.status = 'accepted' and o.capacity_period = c.period), 0) as remaining,
    c.new_patients and coalesce(c.opens_at <= $2::date, true) and coalesce(c.closes_at >= $2::date, true) as is_open
  from intake_capacities c where c.cpts_id = p.cpts_id and c.practitioner_id = p.id
) intake on true
left join lateral (
  select t.name, t.places, t.places - coalesce((
      select sum(o.places_taken)::int from proposals o where o.cpts_id = t.cpts_id and o.team_id = t.id
        and o.status = 'accepted' and o.team_period = t.period), 0) as remaining
  from teams t where t.cpts_id = p.cpts_id and t.id = p.team_id
) team on true
left join lateral (
  select a.until_day, a.replacement_id, coalesce(r.display_name, a.replacement_name) as replacement_name,
    case when a.replacement_id is null then a.replacement_phone when r.shown_internally then r.practice_phone end as replacement_phone
  from absences a left join practitioners r on r.cpts_id = a.cpts_id and r.id = a.replacement_id
  where a.cpts_id = p.cpts_id and a.practitioner_id = p.id and $2::date between a.from_day and a.until_day
  order by a.until_day desc limit 1
) away on true
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
  const wheres = ['p.gone_at is null', ...filtersOf(query, param), ...cardFiltersOf(query, reading, param)]
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

/** At their first place or at another. */
const practisesIn = (code: string): string =>
  `(p.municipality_code = ${code} or exists (select 1 from practice_sites s where s.cpts_id = p.cpts_id
    and s.practitioner_id = p.id and s.municipality_code = ${code}))`

const publicationWheres = {
  internal: 'p.shown_internally',
  public: 'p.shown_publicly',
  refused: 'p.shown_internally = false',
  unasked: 'p.shown_internally is null',
} as const

/** What the cards say, and how fresh they are. */
function cardFiltersOf(query: PractitionerQuery, reading: Reading, param: (value: unknown) => string): string[] {
  const wheres: string[] = []
  if (query.team) wheres.push(`p.team_id = ${param(query.team)}`)
  if (query.teleconsultation) wheres.push('p.teleconsultation')
  if (query.homeVisits) wheres.push('p.home_visits')
  if (query.language)
    wheres.push(`exists (select 1 from unnest(p.languages) one where lower(one) = lower(${param(query.language)}))`)
  if (query.freshness) {
    const isStale = `coalesce(p.confirmed_at < ${param(reading.staleBefore)}, true)`
    wheres.push(query.freshness === 'stale' ? isStale : `not ${isStale}`)
  }
  if (query.publication) wheres.push(publicationWheres[query.publication])
  return wheres
}

function filtersOf(query: PractitionerQuery, param: (value: unknown) => string): string[] {
  const wheres: string[] = []
  if (query.profession) wheres.push(`p.profession = ${param(query.profession)}`)
  if (query.specialty) wheres.push(`p.specialty = ${param(query.specialty)}`)
  if (query.municipality) wheres.push(practisesIn(param(query.municipality)))
  if (query.acceptsNewPatients) {
    // A member who says 0 takes nobody, whatever the team opens.
    const left = `case when team.places is not null and intake.places is distinct from 0 then team.remaining else intake.remaining end`
    const accepts = `coalesce(intake.is_open and ${left} > 0, false)`
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
