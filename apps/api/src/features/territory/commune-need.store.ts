import type { CptsId } from '@maillage/contracts/kit/ids'
import type { CommuneNeed } from '@maillage/contracts/territory'
import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { runNamed } from '../../platform/db/named-sql.ts'

/** In which CPTS, when, and what the reader's role may count. */
export interface CountReading {
  readonly cptsId: CptsId
  readonly now: Date
  readonly seesPlaces: boolean
  readonly seesWaiting: boolean
  /** The statuses of a search in which the person waits for a doctor. */
  readonly waitingStatuses: readonly string[]
}

interface CountRow extends Record<string, unknown> {
  code: string
  name: string
  latitude: number | null
  longitude: number | null
  in_territory: boolean
  practitioners: number
  places: number
  waiting: number
  waiting_p1: number
  mean_days: number | null
}

/** Need and offer by commune: those of the territory, and any other where somebody practises or waits. One statement. */
export async function listCommuneNeeds(db: Db, reading: CountReading): Promise<CommuneNeed[]> {
  const { cptsId, now, waitingStatuses } = reading
  const at = sql`${now.toISOString()}::timestamptz`
  const today = sql`(${at} at time zone (select time_zone from cpts where id = ${cptsId}))::date`
  // A closed list, written out so that the index of who may be proposed serves.
  const statuses = sql.raw(waitingStatuses.map((status) => `'${status}'`).join(', '))
  const rows = await runNamed<CountRow>(
    db,
    sql`
    with offer as (
      select p.municipality_code as code, count(*)::int as practitioners,
        coalesce(sum(greatest(open.places, 0)) filter (where t.id is null), 0)::int as places
      from practitioners p
      left join teams t on t.cpts_id = p.cpts_id and t.id = p.team_id and t.ended_at is null and t.places is not null
      left join lateral (
        select c.places - coalesce((
          select sum(o.places_taken) from proposals o where o.cpts_id = c.cpts_id and o.practitioner_id = c.practitioner_id
            and o.status = 'accepted' and o.capacity_period = c.period), 0) as places
        from intake_capacities c
        where c.cpts_id = p.cpts_id and c.practitioner_id = p.id and p.is_general_practitioner and c.new_patients
          and coalesce(c.opens_at <= ${today}, true) and coalesce(c.closes_at >= ${today}, true)
          and not exists (select 1 from absences a where a.cpts_id = p.cpts_id and a.practitioner_id = p.id
            and ${today} between a.from_day and a.until_day)
      ) open on true
      where p.cpts_id = ${cptsId} and p.gone_at is null
      group by p.municipality_code
    ), shared as (
      select t.municipality_code as code, sum(greatest(t.places - coalesce((
          select sum(o.places_taken) from proposals o where o.cpts_id = t.cpts_id and o.team_id = t.id
            and o.status = 'accepted' and o.team_period = t.period), 0), 0))::int as places
      from teams t
      where t.cpts_id = ${cptsId} and t.ended_at is null and t.places > 0 and exists (
        select from practitioners p
        join intake_capacities c on c.cpts_id = p.cpts_id and c.practitioner_id = p.id
        where p.cpts_id = t.cpts_id and p.team_id = t.id and p.gone_at is null and p.is_general_practitioner
          and c.new_patients and c.places > 0
          and coalesce(c.opens_at <= ${today}, true) and coalesce(c.closes_at >= ${today}, true)
          and not exists (select 1 from absences a where a.cpts_id = p.cpts_id and a.practitioner_id = p.id
            and ${today} between a.from_day and a.until_day))
      group by t.municipality_code
    ), need as (
      select municipality_code as code, sum(household_size)::int as waiting,
        coalesce(sum(household_size) filter (where band_rank = 1), 0)::int as waiting_p1,
        avg(date_part('epoch', ${at} - registered_at)) / 86400 as mean_days
      from cases
      where cpts_id = ${cptsId} and kind = 'gp-search' and is_open and status in (${statuses})
        and ${reading.seesWaiting}
      group by municipality_code
    ), covered as (
      select municipality_code as code from cpts_municipalities where cpts_id = ${cptsId}
    )
    select m.code, m.name, m.latitude, m.longitude,
      exists (select 1 from covered v where v.code = m.code) as in_territory,
      coalesce(offer.practitioners, 0) as practitioners,
      coalesce(offer.places, 0) + coalesce(shared.places, 0) as places,
      coalesce(need.waiting, 0) as waiting, coalesce(need.waiting_p1, 0) as waiting_p1, need.mean_days
    from municipalities m
    left join offer on offer.code = m.code
    left join shared on shared.code = m.code
    left join need on need.code = m.code
    where m.code in (select code from covered union select code from offer union select code from shared
      union select code from need)
    order by need.waiting desc nulls last, m.name collate "fr-x-icu", m.code`,
  )
  return rows.map((row) => toNeed(row, reading))
}

const toNeed = (row: CountRow, { seesPlaces, seesWaiting }: CountReading): CommuneNeed => ({
  code: row.code,
  name: row.name,
  place: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
  inTerritory: row.in_territory,
  practitioners: row.practitioners,
  places: seesPlaces ? row.places : null,
  waiting: seesWaiting ? row.waiting : null,
  waitingP1: seesWaiting ? row.waiting_p1 : null,
  meanWaitDays: seesWaiting && row.mean_days !== null ? Math.max(0, Math.round(row.mean_days)) : null,
})
