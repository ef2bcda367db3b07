import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import type { Place } from '../../../kernel/practitioners/distance.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'
import type { CandidateEntry } from './candidate.store.ts'
import { countedPlaces } from './counted-places.ts'

/** A directory entry with all that excludes, and of what ranks all but how they answered: cheap for a whole profession. */
export type CandidateOutline = Pick<CandidateEntry, 'place' | 'sites' | 'own'>

interface OutlineRow extends Place {
  id: PractitionerId
  gp: boolean
  gender: string | null
  home_visits: boolean | null
  accessible: boolean | null
  languages: string[]
  places: number | null
  taken: number
  team_places: number | null
  team_taken: number
  sites: CandidateEntry['sites'] | null
  declared: boolean
  open: boolean | null
  municipalities: string[] | null
  max_distance_km: number | null
  children: boolean | null
  long_term: boolean | null
  intake_home_visits: boolean | null
  absent: boolean
  accepted: number
}

const text = `with today as materialized (select ($3::timestamptz at time zone time_zone)::date as day from cpts where id = $1),
sites as materialized (
  select s.practitioner_id, json_agg(json_build_object('name', m.name, 'latitude', m.latitude, 'longitude', m.longitude)) as places
  from practice_sites s join municipalities m on m.code = s.municipality_code where s.cpts_id = $1 group by s.practitioner_id)
select p.id, p.is_general_practitioner as gp, p.gender, m.latitude, m.longitude, p.home_visits, p.accessible, p.languages,
  c.places, c.declared_at is not null as declared, c.municipalities, c.max_distance_km, c.children, c.long_term,
  c.home_visits as intake_home_visits,
  c.new_patients and coalesce(c.opens_at <= today.day, true) and coalesce(c.closes_at >= today.day, true) as open,
  case when c.places > 0 then (
    select coalesce(sum(o.places_taken), 0)::int from proposals o where o.cpts_id = $1 and o.practitioner_id = p.id
      and o.status = 'accepted' and o.capacity_period = c.period) else 0 end as taken,
  t.places as team_places, sites.places as sites,
  case when t.places > 0 then (
    select coalesce(sum(o.places_taken), 0)::int from proposals o where o.cpts_id = $1 and o.team_id = t.id
      and o.status = 'accepted' and o.team_period = t.period) else 0 end as team_taken,
  p.id in (
    select a.practitioner_id from absences a
    where a.cpts_id = $1 and (select day from today) between a.from_day and a.until_day) as absent,
  (select count(*)::int from proposals o where o.cpts_id = $1 and o.practitioner_id = p.id and o.status = 'accepted'
    and o.sent_at > $3::timestamptz - interval '90 days') as accepted
from practitioners p
cross join today
join municipalities m on m.code = p.municipality_code
left join intake_capacities c on c.cpts_id = $1 and c.practitioner_id = p.id
left join teams t on t.cpts_id = $1 and t.id = p.team_id
left join sites on sites.practitioner_id = p.id
where p.cpts_id = $1 and p.profession = $2 and p.gone_at is null`

const unknownLoad = { received: 0, declined: 0, silent: 0 }

/** Everybody of a profession in the CPTS's directory, in outline. One statement. */
export async function listEveryone(
  db: Db,
  cptsId: CptsId,
  profession: Profession,
  now: Date,
): Promise<CandidateOutline[]> {
  const rows = await queryRows<OutlineRow>(db, { name: 'candidates', text, values: [cptsId, profession, now] })
  return rows.map((row) => ({
    place: { latitude: row.latitude, longitude: row.longitude },
    sites: row.sites ?? [],
    own: {
      id: row.id,
      isGeneralPractitioner: row.gp,
      gender: row.gender,
      // What the declaration of places says of home visits is newer than the directory's card.
      homeVisits: row.declared ? row.intake_home_visits : row.home_visits,
      accessible: row.accessible,
      languages: row.languages,
      ...countedPlaces(row),
      intake: row.declared
        ? {
            isOpen: row.open === true,
            municipalities: row.municipalities ?? [],
            maxDistanceKm: row.max_distance_km,
            children: row.children === true,
            longTerm: row.long_term === true,
          }
        : null,
      isAbsent: row.absent,
      load: { ...unknownLoad, accepted: row.accepted },
      answerHours: null,
    },
  }))
}
