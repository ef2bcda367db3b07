/** The statements of the limit: what the product's answers need, and nothing that checks who asks. */

const columns = `c.id, c.reference, c.kind, c.status, c.band_rank, c.score, c.due_at, c.due_code, p.first_name, p.last_name,
  p.birth_date, p.sex, (select name from municipalities where code = c.municipality_code) as municipality, c.owner_id,
  (select display_name from accounts where id = c.owner_id) as owner_name, c.opened_at, c.updated_at,
  c.escalated_at is not null as escalated, c.live_proposals, c.household_size, c.coverage, c.version`
const queue = `select ${columns} from cases c cross join lateral (
    select first_name, last_name, birth_date, sex from patients where cpts_id = c.cpts_id and id = c.patient_id offset 0
  ) p where c.cpts_id = $1 and c.is_open`
const keys = 'c.queue_at, c.band_rank, c.opened_at, c.id'

/** Pages of the queue. `$1` is the CPTS. Literals stand in the text: a limit given as a parameter is planned anew each time. */
export const pages: Readonly<Record<string, string>> = {
  first: `${queue} order by ${keys} limit 51`,
  kind: `${queue} and c.kind = 'gp-search' order by ${keys} limit 51`,
  band: `${queue} and c.band_rank = 1 order by c.queue_at, c.opened_at, c.id limit 51`,
  status: `${queue} and c.kind = 'gp-search' and c.status = 'eligible' order by ${keys} limit 51`,
  municipality: `${queue} and c.municipality_code = $2 order by ${keys} limit 51`,
  mine: `${queue} and c.owner_id = $2::uuid order by ${keys} limit 51`,
  nobody: `${queue} and c.owner_id is null order by ${keys} limit 51`,
  due: `${queue} and c.queue_at >= $2::timestamptz and c.queue_at < $3::timestamptz order by ${keys} limit 51`,
  late: `${queue} and c.queue_at < $2::timestamptz order by ${keys} limit 51`,
  'by-opening': `${queue} order by c.opened_at, c.id limit 51`,
  'by-band': `${queue} order by c.band_rank, c.queue_at, c.opened_at, c.id limit 51`,
  deep: `${queue} and (${keys}) > ($2::timestamptz, $3::smallint, $4::timestamptz, $5::uuid) order by ${keys} limit 51`,
  found: `${queue} and c.patient_id in (
      select patient_id from patient_search_tokens where cpts_id = $1 and token >= $2 and token < $2 || U&'\\+10FFFF') order by ${keys} limit 51`,
}

const story = `select coalesce(json_agg(json_build_object('id', e.id, 'at', e.at, 'type', e.type, 'action', e.action, 'by', a.display_name,
    'byRole', e.actor_role, 'fromStatus', e.from_status, 'toStatus', e.to_status, 'reason', e.reason, 'text', e.text,
    'practitioner', r.display_name) order by e.at, e.id), '[]')
  from case_events e left join accounts a on a.id = e.actor_id
  left join practitioners r on r.cpts_id = e.cpts_id and r.id = e.practitioner_id where e.cpts_id = $1 and e.case_id = $2::uuid`
const offers = `select coalesce(json_agg(json_build_object('proposal', o, 'practitioner', r.display_name, 'phone', r.practice_phone)), '[]')
  from proposals o join practitioners r on r.cpts_id = o.cpts_id and r.id = o.practitioner_id
  where o.cpts_id = $1 and o.case_id = $2::uuid`
const one = (table: string): string => `select json_build_object('case', c, 'own', k, 'patient', p, 'owner',
    (select display_name from accounts where id = c.owner_id), 'proposals', (${offers}))::text as text
  from cases c join ${table} k on k.cpts_id = c.cpts_id and k.case_id = c.id join patients p on p.cpts_id = c.cpts_id and p.id = c.patient_id
  where c.cpts_id = $1 and c.id = $2::uuid`

/** Answers that the database writes as JSON, in a column `text`. */
export const texts: Readonly<Record<string, string>> = {
  'gp-searches': one('gp_searches'),
  'unscheduled-cares': one('unscheduled_cares'),
  'hospital-discharges': one('hospital_discharges'),
  timeline: `select (${story})::text as text`,
  counts: `select json_agg(json_build_array(kind, status, band_rank, cases))::text as text from (
      select kind, status, band_rank, sum(cases) as cases from case_counts where cpts_id = $1 group by kind, status, band_rank) counted`,
  patients: `select json_agg(one)::text as text from (
      select p.id, p.birth_name, p.last_name, p.first_name, p.birth_date, p.sex, p.phones, m.name,
        (select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'reference', c.reference, 'status', c.status))
          from cases c where c.cpts_id = p.cpts_id and c.patient_id = p.id and c.is_open)
      from (select patient_id from patient_search_tokens where cpts_id = $1 and token >= $2 and token < $2 || U&'\\+10FFFF'
        order by token, patient_id limit 21) found
      join patients p on p.cpts_id = $1 and p.id = found.patient_id join municipalities m on m.code = p.municipality_code) one`,
  directory: `select json_agg(one)::text as text from (
      select p.id, p.display_name, p.profession, p.is_general_practitioner, p.specialty, p.rpps, p.practice_name, p.practice_line,
        p.practice_phone, p.municipality_code, m.name, p.home_visits, p.languages, p.accessible, p.updated_at, p.version, i.places,
        i.declared_at
      from practitioners p join municipalities m on m.code = p.municipality_code
      left join intake_capacities i on i.cpts_id = p.cpts_id and i.practitioner_id = p.id
      where p.cpts_id = $1 and p.gone_at is null order by p.search, p.id limit 51) one`,
}

/** One statement, one commit: the case if it still stands as expected, and its line of history. No trigger fires. */
export const assign = `with moved as (
    update cases set status = 'matched', live_proposals = 0, version = version + 1, updated_at = now()
    where cpts_id = $1 and id = $2::uuid and status in ('submitted', 'eligible', 'proposing') returning cpts_id, id, version
  ), told as (
    insert into case_events (cpts_id, id, case_id, at, type, action, actor_role, to_status)
    select cpts_id, gen_random_uuid(), id, now(), 'move', 'accepted', 'coordinator', 'matched' from moved
  ) select version from moved`

export const create = `with person as (
    insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
    values ($1, gen_random_uuid(), 'Limite', 'Limite', 'Aude', '1950-01-01', 'female', $2, 'limite', now(), now())
    returning cpts_id, id, municipality_code
  ), opened as (
    insert into cases (cpts_id, id, kind, reference, status, band_rank, priority, opened_at, registered_at, status_since,
      clock_started_at, patient_id, municipality_code, channel, updated_at)
    select cpts_id, gen_random_uuid(), 'gp-search', 'LI-' || id, 'submitted', 3,
      '{"band": "P3", "score": 0, "rulesetVersion": "limit", "contributions": []}', now(), now(), now(), now(), id, municipality_code,
      'phone', now() from person returning cpts_id, id
  ), own as (insert into gp_searches (cpts_id, case_id, details) select cpts_id, id, '{}' from opened
  ), told as (
    insert into case_events (cpts_id, id, case_id, at, type, action, actor_role, to_status)
    select cpts_id, gen_random_uuid(), id, now(), 'move', 'open', 'coordinator', 'submitted' from opened
  ) select id from opened`
