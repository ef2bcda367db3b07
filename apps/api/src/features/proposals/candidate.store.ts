import type { NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { CandidateRequest } from '../../kernel/context.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { distanceKm, type Place } from './distance.ts'
import type { CandidateFacts } from './ranking.ts'

/** A directory entry with all that bears on being proposed to. */
export interface CandidateEntry {
  facts: CandidateFacts
  displayName: string
  profession: string
  municipality: string
  practice: string | null
  practicePhone: string | null
  hasAccount: boolean
}

interface EntryRow extends Record<string, unknown>, Place {
  id: PractitionerId
  display_name: string
  profession: string
  is_general_practitioner: boolean
  gender: string | null
  municipality: string
  practice_name: string | null
  practice_phone: string | null
  home_visits: boolean | null
  accessible: boolean | null
  languages: string[]
  places: number | null
  taken: number
  intake: {
    isOpen: boolean
    municipalities: string[]
    maxDistanceKm: number | null
    children: boolean
    longTerm: boolean
    homeVisits: boolean
  } | null
  is_absent: boolean
  has_declined: boolean
  has_live: boolean
  load: number
  answer_hours: number | null
  has_account: boolean
}

/** The centre of a commune, as far as it is known. */
export async function placeOf(db: Db, municipality: string): Promise<Place> {
  const { rows } = await db.execute<Place & Record<string, unknown>>(
    sql`select latitude, longitude from municipalities where code = ${municipality}`,
  )
  return rows[0] ?? { latitude: null, longitude: null }
}

/** Everybody of the wanted profession in the CPTS's directory, with the facts that rank or exclude them. One statement. */
export async function listCandidateEntries(
  db: Db,
  row: CaseRow,
  needId: NeedId | null,
  request: CandidateRequest,
  now: Date,
): Promise<CandidateEntry[]> {
  const from = await placeOf(db, request.municipalityCode)
  const today = sql`(${now.toISOString()}::timestamptz at time zone 'Europe/Paris')::date`
  const { rows } = await db.execute<EntryRow>(sql`
    select p.id, p.display_name, p.profession, p.is_general_practitioner, p.gender, m.name as municipality,
      m.latitude, m.longitude, p.practice_name, p.practice_phone, p.home_visits, p.accessible, p.languages,
      c.places, coalesce(history.taken, 0)::int as taken,
      case when c.declared_at is null then null else json_build_object(
        'isOpen', c.new_patients and coalesce(c.opens_at <= ${today}, true) and coalesce(c.closes_at >= ${today}, true),
        'municipalities', c.municipalities, 'maxDistanceKm', c.max_distance_km,
        'children', c.children, 'longTerm', c.long_term, 'homeVisits', c.home_visits) end as intake,
      exists (select 1 from absences a where a.cpts_id = p.cpts_id and a.practitioner_id = p.id
        and ${today} between a.from_day and a.until_day) as is_absent,
      coalesce(history.declined, false) as has_declined, coalesce(history.live, false) as has_live,
      coalesce(history.load, 0)::int as load, history.answer_hours::float as answer_hours,
      exists (select 1 from memberships s where s.cpts_id = p.cpts_id and s.practitioner_id = p.id and s.ended_at is null) as has_account
    from practitioners p
    join municipalities m on m.code = p.municipality_code
    left join intake_capacities c on c.cpts_id = p.cpts_id and c.practitioner_id = p.id
    left join lateral (
      select
        sum(o.places_taken) filter (where o.status = 'accepted' and o.capacity_period = c.period) as taken,
        bool_or(o.status = 'declined' and o.case_id = ${row.id} and o.need_id is not distinct from ${needId}::uuid) as declined,
        bool_or(o.status in ('queued', 'pending') and o.case_id = ${row.id} and o.need_id is not distinct from ${needId}::uuid) as live,
        count(*) filter (where o.status = 'accepted' and o.answered_at > ${now.toISOString()}::timestamptz - interval '90 days') as load,
        avg(extract(epoch from o.answered_at - o.sent_at) / 3600) filter (where o.status in ('accepted', 'declined') and o.on_behalf is null) as answer_hours
      from proposals o where o.cpts_id = p.cpts_id and o.practitioner_id = p.id
    ) history on true
    where p.cpts_id = ${row.cptsId} and p.profession = ${request.profession} and p.gone_at is null`)
  return rows.map((entry) => toEntry(entry, from))
}

function toEntry(entry: EntryRow, from: Place): CandidateEntry {
  const { intake } = entry
  return {
    displayName: entry.display_name,
    profession: entry.profession,
    municipality: entry.municipality,
    practice: entry.practice_name,
    practicePhone: entry.practice_phone,
    hasAccount: entry.has_account,
    facts: {
      id: entry.id,
      isGeneralPractitioner: entry.is_general_practitioner,
      gender: entry.gender,
      distanceKm: distanceKm(from, entry),
      // What the declaration of places says of home visits is newer than the directory's card.
      homeVisits: intake ? intake.homeVisits : entry.home_visits,
      accessible: entry.accessible,
      languages: entry.languages,
      places: entry.places,
      remaining: entry.places === null ? null : entry.places - entry.taken,
      intake,
      isAbsent: entry.is_absent,
      hasDeclined: entry.has_declined,
      hasLiveProposal: entry.has_live,
      load: entry.load,
      answerHours: entry.answer_hours,
    },
  }
}
