import { declaredDaysAgo } from './directory.sql.ts'
import { foundedMs, generalPractitioner, numberIn } from './territory.sql.ts'
import { staffOf, type Volume } from './volume.ts'

const twenties = (volume: Volume): number => staffOf(volume).practitioners / 20

const practitioner = (volume: Volume, place: string): string =>
  `pg_temp.id_of('practitioner', ${numberIn('t', place)}, ${foundedMs(volume)})`

/** Whom the `k`th proposal of a search or of a request went to: a general practitioner, another one for each `k`. */
export function offeredTo(volume: Volume, n: string, k: string): string {
  const doctors = twenties(volume) * 7
  return practitioner(volume, generalPractitioner(`(pg_temp.draw(${n}, 20, ${doctors}) + ${k} * 13) % ${doctors}`))
}

/** Who is asked for a need: a nurse, a physiotherapist or a general practitioner of the CPTS. */
export function needOfferedTo(volume: Volume): string {
  const blocks = twenties(volume)
  return `case position when 0 then ${practitioner(volume, `(pg_temp.draw(n, 21, ${blocks}) * 20 + 9 + n % 4)`)}
    when 1 then ${practitioner(volume, `(pg_temp.draw(n, 22, ${blocks}) * 20 + 13 + n % 2)`)} else ${offeredTo(volume, 'n', '0')} end`
}

const columns = `cpts_id, id, case_id, need_id, round_id, mode, rank, practitioner_id, status, window_ms, created_at, created_by,
    sent_at, expires_at, answered_at, reason, distance_hm, places_taken, capacity_period, version, updated_at`

/**
 * The proposals: those that run, those that were accepted, after one that was declined where there were two, and one said
 * no to of some that still look. What runs ends weeks from now, so that no job ends it during a measure.
 */
export const offers = (volume: Volume): string[] => {
  const at = volume.at.getTime()
  const opensPeriod = at - declaredDaysAgo * 86_400_000
  return [
    `insert into proposals (${columns})
      select cpts_id, pg_temp.id_of('proposal', n * 4 + k, sent_ms), id, null, pg_temp.id_of('round', n, sent_ms), 'broadcast', k,
        ${offeredTo(volume, 'n', 'k')}, answer, null, pg_temp.at_ms(sent_ms), coordinator_id, pg_temp.at_ms(sent_ms),
        pg_temp.at_ms(case when answer = 'pending' then ${at + 3 * 86_400_000} + (fine * ${80 * 86_400_000})::bigint else sent_ms + 432000000 end),
        case when answer <> 'pending' then pg_temp.at_ms(since_ms) end,
        case when answer = 'declined' then (array['no_capacity', 'too_far', 'absence'])[1 + n % 3] end, 10 + n % 300,
        case when answer = 'accepted' and kind = 'gp-search' then 1 else 0 end,
        case when answer = 'accepted' and kind = 'gp-search' then case when since_ms > ${opensPeriod} then 2 else 1 end end,
        1, pg_temp.at_ms(since_ms)
      from (
        select plan.*, k, opened_ms + (since_ms - opened_ms) / 2 as sent_ms,
          case when status in ('proposing', 'offering') then 'pending' when is_accepted and k = offers - 1 then 'accepted'
            else 'declined' end as answer
        from plan cross join lateral generate_series(0, offers - 1) k
        where offers > 0
      ) sent
      order by n, k`,
    `insert into proposals (${columns})
      select cpts_id, pg_temp.id_of('need proposal', n * 4 + position, sent_ms), case_id, id, pg_temp.id_of('need round', n, sent_ms),
        'direct', 0, ${needOfferedTo(volume)}, case status when 'covered' then 'accepted' else 'pending' end, null,
        pg_temp.at_ms(sent_ms), null, pg_temp.at_ms(sent_ms),
        pg_temp.at_ms(case status when 'covered' then sent_ms + 86400000 else ${at + 20 * 86_400_000} end),
        case status when 'covered' then pg_temp.at_ms(since_ms) end, null, 10 + n % 300, 0, null, 1, pg_temp.at_ms(since_ms)
      from (select plan_needs.*, opened_ms + (since_ms - opened_ms) / 2 as sent_ms from plan_needs) needed
      where status in ('covered', 'proposed')
      order by n, position`,
    ...participants(volume),
  ]
}

/** Who takes part: the ward of a discharge, the doctor who asked, and whoever accepted. */
const participants = (volume: Volume): string[] => [
  `insert into case_participants (cpts_id, id, case_id, part, unit_id, since)
    select cpts_id, pg_temp.id_of('ward part', n, opened_ms), id, 'ward',
      pg_temp.id_of('unit', ${numberIn('t', 'ward')}, ${foundedMs(volume)}), pg_temp.at_ms(opened_ms)
    from plan where kind = 'hospital-discharge' order by n`,
  `insert into case_participants (cpts_id, id, case_id, part, account_id, since)
    select cpts_id, pg_temp.id_of('requester part', n, opened_ms), id, 'requester', doctor_id, pg_temp.at_ms(opened_ms)
    from plan where channel = 'professional' order by n`,
  `insert into case_participants (cpts_id, id, case_id, part, practitioner_id, since)
    select cpts_id, pg_temp.id_of('accepted part', row_number() over (order by id), sent_ms), case_id, 'accepted', practitioner_id, answered_at
    from (
      select *, (extract(epoch from sent_at) * 1000)::bigint as sent_ms from proposals
      where status = 'accepted' and cpts_id in (select id from tenants)
    ) accepted
    order by id`,
]
