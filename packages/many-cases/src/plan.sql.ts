import { foundedMs, numberIn } from './territory.sql.ts'
import { staffOf, type Volume } from './volume.ts'

/** How often each status stands, out of twenty. */
const often = (weights: Readonly<Record<string, number>>): string =>
  `array[${Object.entries(weights)
    .flatMap(([status, times]) => Array.from({ length: times }, () => `'${status}'`))
    .join(', ')}]`

const statuses = {
  'gp-search': {
    open: often({
      submitted: 4,
      info_requested: 2,
      eligible: 7,
      on_hold: 1,
      proposing: 3,
      matched: 2,
      visit_booked: 1,
    }),
    ended: often({ declared: 12, closed: 8 }),
  },
  'unscheduled-care': {
    open: often({ submitted: 5, triaged: 6, offering: 4, booked: 4, no_show: 1 }),
    ended: often({ attended: 14, redirected: 2, closed_no_solution: 2, cancelled: 2 }),
  },
  'hospital-discharge': {
    open: often({
      submitted: 3,
      acknowledged: 2,
      info_requested: 1,
      coordinating: 6,
      partially_covered: 4,
      covered: 2,
      discharged: 2,
    }),
    ended: often({ followed_up: 17, cancelled: 3 }),
  },
}

/** What runs out next in each status. */
const dueCode = `case kind when 'gp-search' then case status when 'submitted' then 'triage' when 'info_requested' then 'information'
    when 'eligible' then case when band < 3 then 'find-practitioner' else 'revalidation' end when 'on_hold' then 'resume'
    when 'proposing' then 'proposal-answer' when 'matched' then 'tell-patient' else 'declaration' end
  when 'unscheduled-care' then case status when 'submitted' then 'triage' when 'offering' then 'proposal-answer'
    when 'booked' then 'appointment' else 'care-delivered' end
  else case status when 'submitted' then 'acknowledge' when 'info_requested' then 'information' when 'covered' then 'discharge'
    when 'discharged' then 'follow-up' else 'cover-needs' end end`

/** These would be moved on by the jobs as soon as they are late: in this volume they are never. */
const neverLate = `(status in ('on_hold', 'proposing', 'offering', 'info_requested') or kind = 'hospital-discharge')`

/** Of a hundred open cases: four without a deadline, sixteen late, six due within half a day, twenty within a week. */
const dueMs = (at: number): string => `case
    when not is_open or luck < 40 then null
    when luck < 200 and not ${neverLate} then ${at} - (20 * 86400000.0 * fine * fine)::bigint
    when luck < 260 and not ${neverLate} then ${at} + (12 * 3600000.0 * fine)::bigint
    when luck < 460 and not ${neverLate} then ${at} + (7 * 86400000.0 * fine)::bigint
    else ${at} + (3 * 86400000 + 85 * 86400000.0 * fine)::bigint end`

/**
 * What every other statement is read from: one row a case, with all that was drawn for it.
 *
 * Sixty-five in a hundred are open. A CPTS closes nearly all that it opens, so that after years perhaps one in twenty
 * still waits; but closed cases leave the indexes of the queue, and a million of them would measure little more than the
 * fifty thousand that stay. Two thirds open is the hard case: the queue itself is as large as the table.
 */
export const plan = (volume: Volume): string[] => {
  const { cases, cpts, at } = volume
  const staff = staffOf(volume)
  const person = (part: string, many: number, salt: number): string =>
    `pg_temp.id_of('${part}', ${numberIn('t', `1 + pg_temp.draw(n, ${salt}, ${many})`)}, ${foundedMs(volume)})`
  return [
    `create temp table plan as
      with drawn as (
        select n, 1 + (n - 1) % ${cpts} as t, (n - 1) / ${cpts} + 1 as i, pg_temp.opened_ms(n) as opened_ms,
          case when pg_temp.draw(n, 1, 100) < 60 then 'gp-search' when pg_temp.draw(n, 1, 100) < 85 then 'unscheduled-care'
            else 'hospital-discharge' end as kind,
          pg_temp.draw(n, 2, 100) < 65 as is_open, pg_temp.draw(n, 3, 20) + 1 as place, pg_temp.draw(n, 4, 100) as heat,
          pg_temp.draw(n, 7, 1000) as luck, pg_temp.draw(n, 8, 1000000) / 1000000.0::float8 as fine,
          -- Each fifth case is about the person of the case before it.
          case when (n - 1) / ${cpts} % 5 = 4 then n - ${cpts} else n end as person
        from generate_series(1, ${cases}::bigint) n
      ), named as (
        select drawn.*, case kind
            when 'gp-search' then case when is_open then (${statuses['gp-search'].open})[place] else (${statuses['gp-search'].ended})[place] end
            when 'unscheduled-care' then case when is_open then (${statuses['unscheduled-care'].open})[place]
              else (${statuses['unscheduled-care'].ended})[place] end
            else case when is_open then (${statuses['hospital-discharge'].open})[place]
              else (${statuses['hospital-discharge'].ended})[place] end
          end as status,
          case when heat < 8 then 1 when heat < 30 then 2 when heat < 70 then 3 else 4 end as band
        from drawn
      )
      select named.*, tenants.id as cpts_id, pg_temp.id_of('case', n, opened_ms) as id,
        pg_temp.id_of('patient', person, pg_temp.opened_ms(person)) as patient_id,
        communes[1 + pg_temp.skewed(person, 40, cardinality(communes))] as commune,
        postals[1 + pg_temp.skewed(person, 40, cardinality(communes))] as postal,
        ${dueCode} as due_code, ${dueMs(at.getTime())} as due_ms,
        opened_ms + ((${at.getTime()} - opened_ms) * fine * 0.8)::bigint as since_ms,
        case when pg_temp.draw(n, 9, 3) > 0 then ${person('coordination', staff.coordinators, 10)} end as owner_id,
        ${person('coordination', staff.coordinators, 11)} as coordinator_id,
        case when kind = 'hospital-discharge' then 'hospital' when pg_temp.draw(n, 12, 100) < 60 then 'phone'
          when pg_temp.draw(n, 12, 100) < 85 then 'professional' else 'counter' end as channel,
        ${person('medecin', staff.practitionerAccounts, 13)} as doctor_id, 1 + pg_temp.draw(n, 14, ${staff.wards}) as ward,
        case when status in ('proposing', 'offering') then 1 + pg_temp.draw(n, 15, 3)
          when status in ('matched', 'visit_booked', 'declared', 'booked', 'attended') then 1 + pg_temp.draw(n, 15, 2)
          when status in ('eligible', 'triaged') and pg_temp.draw(n, 15, 10) < 3 then 1 else 0 end as offers,
        status in ('matched', 'visit_booked', 'declared', 'booked', 'attended') as is_accepted,
        case when status = 'partially_covered' then 2 + pg_temp.draw(n, 16, 2) else 1 + pg_temp.draw(n, 16, 3) end as needs
      from named join tenants using (t)
      order by n`,
    `analyze plan`,
  ]
}
