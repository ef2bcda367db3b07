import { needOfferedTo, offeredTo } from './offers.sql.ts'
import { foundedMs, numberIn } from './territory.sql.ts'
import type { Volume } from './volume.ts'

const consent = `jsonb_build_object('givenAt', pg_temp.iso(opened_ms), 'channel', 'oral', 'informedBy', 'Coordination')`

const said = (factor: string, points: string, code: string, source: string): string =>
  `jsonb_build_object('factor', '${factor}', 'points', ${points}, 'evidence', jsonb_build_object('code', '${code}'), 'source', '${source}')`

/** A score within the band, and the explanation that a reader unfolds. */
const priority = `jsonb_build_object('band', 'P' || band, 'score', score, 'rulesetVersion', 'volume', 'contributions', jsonb_build_array(
  ${said('health', 'score / 2', 'long-term-condition', 'patient')}, ${said('waiting', 'score - score / 2', 'waiting', 'rule')}))`

const reasons = `case status when 'closed' then (array['found_elsewhere', 'unreachable', 'moved_out', 'withdrawn'])[1 + n % 4]
  when 'on_hold' then 'patient_away' when 'redirected' then 'own_doctor_available' when 'closed_no_solution' then 'no_practitioner'
  when 'cancelled' then case kind when 'unscheduled-care' then 'patient_withdrew' else 'transferred' end end`

/** The header that the three kinds share. */
const headers = (at: number, founded: number): string => `
  insert into cases (cpts_id, id, kind, reference, status, status_reason, previous_status, is_open, band_rank, score, priority,
    due_at, due_code, queue_at, opened_at, registered_at, status_since, clock_started_at, paused_at, resume_at, closed_at,
    patient_id, municipality_code, owner_id, requester_id, channel, consent, live_proposals, coverage, version, updated_at)
  select cpts_id, id, kind,
    case kind when 'gp-search' then 'MT' when 'unscheduled-care' then 'SNP' else 'SH' end
      || to_char(pg_temp.at_ms(opened_ms) at time zone 'Europe/Paris', '-YYYY-')
      || case when i < 10000 then to_char(i, 'FM0000') else i::text end,
    status, ${reasons}, case when status = 'on_hold' then 'eligible' end, is_open, band, score, ${priority},
    pg_temp.at_ms(due_ms), case when due_ms is not null then due_code end, coalesce(pg_temp.at_ms(due_ms), 'infinity'),
    pg_temp.at_ms(opened_ms), pg_temp.at_ms(opened_ms), pg_temp.at_ms(since_ms), pg_temp.at_ms(opened_ms),
    case when status = 'on_hold' then pg_temp.at_ms(since_ms) end,
    case when status = 'on_hold' then pg_temp.at_ms(coalesce(due_ms, ${at + 30 * 86_400_000})) end,
    case when not is_open then pg_temp.at_ms(since_ms) end, patient_id, commune, owner_id,
    case channel when 'professional' then doctor_id
      when 'hospital' then pg_temp.id_of('service', ${numberIn('t', 'ward')}, ${founded}) else coordinator_id end,
    channel, ${consent},
    case when status in ('proposing', 'offering') then offers else coalesce(proposed, 0) end,
    coalesce(coverage, '[]'), 1 + n % 5, pg_temp.at_ms(since_ms)
  from (select plan.*, (array[60, 40, 20, 0])[band] + pg_temp.draw(n, 17, 20) as score from plan) scored
  left join (
    select n as of_n, count(*) filter (where status = 'proposed') as proposed,
      jsonb_agg(jsonb_build_object('needId', id, 'type', type, 'status', status) order by position) as coverage
    from plan_needs group by n
  ) needed on of_n = n
  order by n`

/** The needs of each discharge: a nurse, then a physiotherapist, then a visit of a general practitioner. */
const needs = `create temp table plan_needs as
  select plan.n, t, cpts_id, plan.id as case_id, position, opened_ms, since_ms, pg_temp.id_of('need', plan.n * 4 + position, opened_ms) as id,
    (array['home-nurse', 'physiotherapy', 'gp-visit'])[1 + position] as type,
    case when status in ('covered', 'discharged', 'followed_up') or status = 'partially_covered' and position = 0 then 'covered'
      when status = 'coordinating' and position = 0 and plan.n % 2 = 0 then 'proposed' else 'open' end as status
  from plan cross join lateral generate_series(0, needs - 1) position
  where kind = 'hospital-discharge'
  order by plan.n, position`

const searches = (at: number): string => `
  insert into gp_searches (cpts_id, case_id, details, visit_at, told_at, declared_at, attested_by)
  select cpts_id, id, jsonb_strip_nulls(jsonb_build_object('hasLongTermCondition', n % 3 = 0, 'livesAlone', n % 4 = 0,
      'preferences', case when n % 2 = 0 then jsonb_build_object('maxDistanceKm', 5 + n % 20) end)),
    case when status = 'visit_booked' then pg_temp.at_ms(${at + 10 * 86_400_000}) end,
    case when status in ('matched', 'visit_booked', 'declared') then pg_temp.at_ms(since_ms) end,
    case when status = 'declared' then (pg_temp.at_ms(since_ms) at time zone 'UTC')::date end,
    case when status = 'declared' then 'practitioner' end
  from plan where kind = 'gp-search' order by n`

const cares = (volume: Volume): string => `
  insert into unscheduled_cares (cpts_id, case_id, details, level, basis, mode, profession, appointment_at, booked_with_id, outcome)
  select cpts_id, id,
    jsonb_build_object('reason', (array['Fièvre depuis deux jours', 'Mal de dos', 'Toux qui dure', 'Plaie à revoir'])[1 + n % 4],
      'canTravel', n % 5 > 0),
    case when is_triaged then 'U' || 1 + n % 3 end, case when is_triaged then 'clinician' end,
    case when is_triaged then 'practice' end, case when is_triaged then 'physician' end,
    case when status in ('booked', 'attended', 'no_show') then pg_temp.at_ms(coalesce(due_ms, since_ms)) end,
    case when is_accepted then ${offeredTo(volume, 'n', '(offers - 1)')} end,
    case when status = 'attended' then 'care_complete' end
  from (select plan.*, status <> 'submitted' as is_triaged from plan) p where kind = 'unscheduled-care' order by n`

const discharges = (at: number, founded: number): string => `
  insert into hospital_discharges (cpts_id, case_id, unit_id, expected_discharge_at, details, actual_discharge_at, letter_sent,
    checklist, follow_up_called_at)
  select cpts_id, id, unit_id, pg_temp.at_ms(leaves_ms),
    jsonb_build_object('unitId', unit_id, 'expectedDischargeAt', pg_temp.iso(leaves_ms), 'destination', 'home',
      'livesAlone', n % 3 = 0, 'had', 'not_needed', 'usualTeam', jsonb_build_array(), 'patientInformed', true, 'hasGp', true,
      'callBack', jsonb_build_object('phone', '+33465710000', 'hours', '9 h – 17 h')),
    case when is_left then pg_temp.at_ms(leaves_ms) end, case when is_left then true end,
    case when is_left then '{"readmission_risk": "no", "social_evaluation": "yes"}'::jsonb end,
    case when status = 'followed_up' then pg_temp.at_ms(since_ms) end
  from (
    select plan.*, pg_temp.id_of('unit', ${numberIn('t', 'ward')}, ${founded}) as unit_id,
      status in ('discharged', 'followed_up') as is_left,
      case when status in ('discharged', 'followed_up', 'cancelled') then since_ms
        else ${at + 3 * 86_400_000} + (fine * ${60 * 86_400_000})::bigint end as leaves_ms
    from plan where kind = 'hospital-discharge'
  ) p
  order by n`

const dischargeNeeds = (volume: Volume): string => `
  insert into discharge_needs (cpts_id, id, case_id, position, type, frequency, start_at, at_home, prescription_available, vital,
    status, covered_by_id, first_visit_at)
  select cpts_id, id, case_id, position, type, 'une fois par jour', pg_temp.at_ms(since_ms), true, true, false, status,
    case when status = 'covered' then ${needOfferedTo(volume)} end, case when status = 'covered' then pg_temp.at_ms(since_ms) end
  from plan_needs order by n, position`

/** Header, then the row of its own kind. */
export function cases(volume: Volume): string[] {
  const [at, founded] = [volume.at.getTime(), foundedMs(volume)]
  return [
    needs,
    'analyze plan_needs',
    headers(at, founded),
    searches(at),
    cares(volume),
    discharges(at, founded),
    dischargeNeeds(volume),
  ]
}
