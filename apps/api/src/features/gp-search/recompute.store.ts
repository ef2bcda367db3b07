import type { Channel, Priority } from '@maillage/contracts/cases'
import type { GpSearchDetails, GpSearchStatus } from '@maillage/contracts/gp-search'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { inForce } from '../../kernel/settings/setting.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import type { GpSearchClockFacts } from './gp-search.deadlines.ts'
import { askedUntil, everyDaysSet } from './gp-search.store.ts'

/** How many searches a batch looks at: few enough that neither the database nor this process is held for long. */
export const recomputeBatch = 200

/** Everything that the score of a search is computed from. */
export interface Scorable {
  id: CaseId
  version: number
  status: GpSearchStatus
  patientId: PatientId
  score: number
  priority: Priority
  channel: Channel
  registeredAt: Date
  hasLinkedDischarge: boolean
  people: { birthDate: DayDate; details: GpSearchDetails }[]
}

type Row = Omit<Scorable, 'registeredAt'> & { registeredAt: string }

const textOf = (
  which: string,
): string => `select c.id, c.version, c.status, c.patient_id as "patientId", c.score, c.priority,
    c.channel, c.registered_at as "registeredAt",
    exists (select from case_links l join cases d on d.cpts_id = l.cpts_id and d.id = l.linked_case_id
      where l.cpts_id = c.cpts_id and l.case_id = c.id and d.kind = 'hospital-discharge')
    or exists (select from case_links l join cases d on d.cpts_id = l.cpts_id and d.id = l.case_id
      where l.cpts_id = c.cpts_id and l.linked_case_id = c.id and d.kind = 'hospital-discharge') as "hasLinkedDischarge",
    jsonb_build_array(jsonb_build_object('birthDate', p.birth_date, 'details', s.details)) || coalesce((
      select jsonb_agg(jsonb_build_object('birthDate', q.birth_date, 'details', m.details) order by q.birth_date, q.id)
      from gp_search_members m join patients q on q.cpts_id = m.cpts_id and q.id = m.patient_id
      where m.cpts_id = c.cpts_id and m.case_id = c.id and c.household_size > 1), '[]') as people
  from cases c
  join gp_searches s on s.cpts_id = c.cpts_id and s.case_id = c.id
  join patients p on p.cpts_id = c.cpts_id and p.id = c.patient_id
  where c.cpts_id = $1 and c.kind = 'gp-search' and c.is_open and ${which}
  order by c.id limit ${recomputeBatch}`

const behind = { name: 'recompute_behind', text: textOf('c.id > $2') }
const these = { name: 'recompute_these', text: textOf('c.id = any($2::uuid[])') }

const scorable = (row: Row): Scorable => ({ ...row, registeredAt: new Date(instantOf(row.registeredAt)) })

/** The open searches behind one, by their identifiers: one statement whatever they hold. */
export async function scorablesBehind(db: Db, cptsId: CptsId, after: string): Promise<Scorable[]> {
  return (await queryRows<Row>(db, { ...behind, values: [cptsId, after] })).map(scorable)
}

/** These searches, at most a batch of them, where they are open still. */
export async function scorablesOf(db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<Scorable[]> {
  return (await queryRows<Row>(db, { ...these, values: [cptsId, [...ids]] })).map(scorable)
}

/** What the clocks of a search are computed from, beside its status and its band. */
export interface Clocked extends Omit<GpSearchClockFacts, 'status' | 'band'> {
  /** The earliest open callback. */
  callbackAt: Date | null
}

interface ClockRow {
  id: CaseId
  clock_started_at: string
  status_since: string
  resume_at: string | null
  told_at: string | null
  visit_at: string | null
  confirmed_at: string | null
  first_expiry: string | null
  attempts: number
  callback_at: string | null
  asked_until: string | null
  every_days: number | null
}

const clocks = {
  name: 'recompute_clocks',
  text: `select c.id, c.clock_started_at, c.status_since, c.resume_at, s.told_at, s.visit_at, s.confirmed_at,
      (select min(o.expires_at) from proposals o
        where o.cpts_id = c.cpts_id and o.case_id = c.id and o.status = 'pending' and c.status = 'proposing') as first_expiry,
      (select count(*)::int from case_events e where e.cpts_id = c.cpts_id and e.case_id = c.id
        and e.type = 'contact-attempt' and e.at >= c.status_since and c.status = 'info_requested') as attempts,
      (select min(r.due_at) from reminders r
        where r.cpts_id = c.cpts_id and r.case_id = c.id and r.done_at is null) as callback_at,
      ${askedUntil('s', "c.status in ('eligible', 'proposing')")} as asked_until, ${everyDaysSet} as every_days
    from cases c join gp_searches s on s.cpts_id = c.cpts_id and s.case_id = c.id
    where c.cpts_id = $1 and c.id = any($2::uuid[])`,
}

/** The clocks' facts of these searches, by case: one statement. */
export async function clockedOf(db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<Map<CaseId, Clocked>> {
  if (ids.length === 0) return new Map()
  const rows = await queryRows<ClockRow>(db, { ...clocks, values: [cptsId, [...ids]] })
  return new Map(rows.map((row) => [row.id, clockedFrom(row)]))
}

const clockedFrom = (row: ClockRow): Clocked => ({
  clockStartedAt: new Date(instantOf(row.clock_started_at)),
  statusSince: new Date(instantOf(row.status_since)),
  resumeAt: dateOf(row.resume_at),
  toldAt: dateOf(row.told_at),
  visitAt: dateOf(row.visit_at),
  confirmedAt: dateOf(row.confirmed_at),
  firstExpiry: dateOf(row.first_expiry),
  attemptsSinceAsked: row.attempts,
  callbackAt: dateOf(row.callback_at),
  revalidationDays: inForce('revalidation-every-days', row.every_days),
  askedUntil: dateOf(row.asked_until),
})

const dateOf = (written: string | null): Date | null => (written === null ? null : new Date(instantOf(written)))
