import type { AnswerLoad } from '@maillage/contracts/candidates'
import type { CaseId, CptsId, NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import { sql } from 'drizzle-orm'
import { distanceKm, type Place } from '../../../kernel/practitioners/distance.ts'
import type { Db } from '../../../platform/db/database.ts'
import { runNamed, uuids } from '../../../platform/db/named-sql.ts'
import { countedPlaces, countsWithTeam } from './counted-places.ts'
import { nearestOf } from './nearest.ts'
import type { CandidateFacts } from './ranking.ts'

/** A directory entry with all that bears on being proposed to, whatever the case. */
export interface CandidateEntry {
  id: PractitionerId
  displayName: string
  profession: string
  municipality: string
  place: Place
  /** Where they practise beside their first place. */
  sites: readonly (Place & { name: string })[]
  /** The team whose places theirs are. */
  team: string | null
  practice: string | null
  practicePhone: string | null
  hasAccount: boolean
  declaredAt: Date | null
  /** All that ranks or excludes, but for what depends on the case. */
  own: Omit<CandidateFacts, keyof Here | 'distanceKm'>
}

/** What already happened between somebody and this case (or this need of it). */
export type Here = Pick<CandidateFacts, 'hasDeclined' | 'hasLiveProposal' | 'askedBefore'>

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
  team: string | null
  team_places: number | null
  team_taken: number
  sites: CandidateEntry['sites'] | null
  declared_at: string | null
  intake: (NonNullable<CandidateFacts['intake']> & { homeVisits: boolean }) | null
  is_absent: boolean
  load: AnswerLoad
  answer_hours: number | null
  has_account: boolean
}

/** A commune by its code: its name, and its centre as far as it is known. */
export async function communeOf(db: Db, municipality: string): Promise<Place & { name: string }> {
  const rows = await runNamed<Place & { name: string }>(
    db,
    sql`select name, latitude, longitude from municipalities where code = ${municipality}`,
  )
  return rows[0] ?? { name: '', latitude: null, longitude: null }
}

/** Everybody of this profession in the CPTS's directory, some of them, or one entry, with their facts. One statement. */
export async function listCandidateEntries(
  db: Db,
  cptsId: CptsId,
  who: { profession: Profession; among?: readonly PractitionerId[] } | { id: PractitionerId },
  now: Date,
): Promise<CandidateEntry[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const today = sql`(${at} at time zone (select time_zone from cpts where id = ${cptsId}))::date`
  const some = 'among' in who && who.among ? sql`and p.id = any(${uuids(who.among)})` : sql``
  const wanted = 'id' in who ? sql`p.id = ${who.id}` : sql`p.profession = ${who.profession} ${some}`
  const rows = await runNamed<EntryRow>(
    db,
    sql`
    select p.id, p.display_name, p.profession, p.is_general_practitioner, p.gender, m.name as municipality,
      m.latitude, m.longitude, p.practice_name, p.practice_phone, p.home_visits, p.accessible, p.languages,
      c.places, c.declared_at, coalesce(history.taken, 0)::int as taken,
      t.name as team, t.places as team_places, coalesce(case when t.places > 0 then (
        select sum(o.places_taken) from proposals o where o.cpts_id = ${cptsId} and o.team_id = t.id
          and o.status = 'accepted' and o.team_period = t.period) end, 0)::int as team_taken,
      (select json_agg(json_build_object('name', n.name, 'latitude', n.latitude, 'longitude', n.longitude) order by s.position)
        from practice_sites s join municipalities n on n.code = s.municipality_code
        where s.cpts_id = ${cptsId} and s.practitioner_id = p.id) as sites,
      case when c.declared_at is null then null else json_build_object(
        'isOpen', c.new_patients and coalesce(c.opens_at <= ${today}, true) and coalesce(c.closes_at >= ${today}, true),
        'municipalities', c.municipalities, 'maxDistanceKm', c.max_distance_km,
        'children', c.children, 'longTerm', c.long_term, 'homeVisits', c.home_visits) end as intake,
      exists (select 1 from absences a where a.cpts_id = ${cptsId} and a.practitioner_id = p.id
        and ${today} between a.from_day and a.until_day) as is_absent,
      json_build_object('received', history.received, 'accepted', history.accepted,
        'declined', history.declined, 'silent', history.silent) as load,
      history.answer_hours::float as answer_hours,
      exists (select 1 from memberships s where s.cpts_id = ${cptsId} and s.practitioner_id = p.id and s.ended_at is null) as has_account
    from practitioners p
    join municipalities m on m.code = p.municipality_code
    left join intake_capacities c on c.cpts_id = ${cptsId} and c.practitioner_id = p.id
    left join teams t on t.cpts_id = ${cptsId} and t.id = p.team_id
    cross join lateral (
      select
        sum(o.places_taken) filter (where o.status = 'accepted' and o.capacity_period = c.period) as taken,
        count(*) filter (where o.sent_at > ${at} - interval '90 days') as received,
        count(*) filter (where o.sent_at > ${at} - interval '90 days' and o.status = 'accepted') as accepted,
        count(*) filter (where o.sent_at > ${at} - interval '90 days' and o.status = 'declined') as declined,
        count(*) filter (where o.sent_at > ${at} - interval '90 days' and o.status = 'expired') as silent,
        avg(extract(epoch from o.answered_at - o.sent_at) / 3600) filter (where o.status in ('accepted', 'declined') and o.on_behalf is null) as answer_hours
      from proposals o where o.cpts_id = ${cptsId} and o.practitioner_id = p.id
    ) history
    where p.cpts_id = ${cptsId} and ${wanted} and p.gone_at is null`,
  )
  return rows.map(toEntry)
}

function toEntry(entry: EntryRow): CandidateEntry {
  const { id, intake, latitude, longitude } = entry
  return {
    id,
    displayName: entry.display_name,
    profession: entry.profession,
    municipality: entry.municipality,
    place: { latitude, longitude },
    sites: entry.sites ?? [],
    team: countsWithTeam(entry) ? entry.team : null,
    practice: entry.practice_name,
    practicePhone: entry.practice_phone,
    hasAccount: entry.has_account,
    declaredAt: entry.declared_at === null ? null : new Date(entry.declared_at),
    own: {
      id,
      isGeneralPractitioner: entry.is_general_practitioner,
      gender: entry.gender,
      // What the declaration of places says of home visits is newer than the directory's card.
      homeVisits: intake ? intake.homeVisits : entry.home_visits,
      accessible: entry.accessible,
      languages: entry.languages,
      ...countedPlaces(entry),
      intake,
      isAbsent: entry.is_absent,
      load: entry.load,
      answerHours: entry.answer_hours,
    },
  }
}

const nothingHere: Here = { hasDeclined: false, hasLiveProposal: false, askedBefore: false }

/** The entry as it stands before one case: the same facts whether one looks for a doctor or for a patient. */
export const factsOf = (
  entry: Pick<CandidateEntry, 'own' | 'place' | 'sites'>,
  from: Place,
  here: Here = nothingHere,
): CandidateFacts => ({
  ...entry.own,
  ...here,
  // To the nearest of their places: that is where this person would go.
  distanceKm: distanceKm(from, nearestOf<Place>(from, entry.place, entry.sites)),
})

interface HereRow extends Record<string, unknown> {
  case_id: CaseId
  practitioner_id: PractitionerId
  declined: boolean
  live: boolean
  asked: boolean
}

/** What happened between these cases (or this need of one) and whom they were offered to, by case and practitioner. */
export async function listHere(
  db: Db,
  cptsId: CptsId,
  caseIds: readonly CaseId[],
  needId: NeedId | null,
): Promise<(caseId: CaseId, practitionerId: PractitionerId) => Here | undefined> {
  if (caseIds.length === 0) return () => undefined
  // Who would take part of a household has not said no: those few may be proposed to them.
  const rows = await runNamed<HereRow>(
    db,
    sql`
    select case_id, practitioner_id, bool_or(status = 'declined' and not starts_with(coalesce(reason, ''), 'household_part_')) as declined,
      bool_or(status in ('queued', 'pending')) as live, bool_or(sent_at is not null) as asked
    from proposals
    where cpts_id = ${cptsId} and case_id = any(${uuids(caseIds)}) and need_id is not distinct from ${needId}::uuid
    group by case_id, practitioner_id`,
  )
  const found = new Map(
    rows.map(({ case_id, practitioner_id, declined, live, asked }) => [
      `${case_id} ${practitioner_id}`,
      { hasDeclined: declined, hasLiveProposal: live, askedBefore: asked },
    ]),
  )
  return (caseId, practitionerId) => found.get(`${caseId} ${practitionerId}`)
}
