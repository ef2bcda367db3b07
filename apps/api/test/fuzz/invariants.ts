import type { CptsId } from '@maillage/contracts/kit/ids'
import { type SQL, sql } from 'drizzle-orm'
import { caseKindsOf } from '../../src/case-kinds.ts'
import { findCountDrift } from '../../src/kernel/counting/case-count-drift.store.ts'
import { findBrokenSeal, sealAudit } from '../../src/kernel/record/seal-audit.ts'
import type { Db } from '../../src/platform/db/database.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from '../builders/as-owner.ts'

// Each finds what must never be: a line found is a rule broken.
const rulesSince = (start: Date): Readonly<Record<string, SQL>> => ({
  'more places given than declared': sql`
    select c.practitioner_id::text as what from intake_capacities c
    join proposals p on p.cpts_id = c.cpts_id and p.practitioner_id = c.practitioner_id and p.status = 'accepted' and p.capacity_period = c.period
    where c.places is not null group by c.cpts_id, c.practitioner_id, c.places having sum(p.places_taken) > c.places`,
  'more places of a team given than declared': sql`
    select t.id::text as what from teams t join proposals p on p.cpts_id = t.cpts_id and p.team_id = t.id and p.status = 'accepted' and p.team_period = t.period
    where t.places is not null group by t.cpts_id, t.id, t.places having sum(p.places_taken) > t.places`,
  'a case accepted twice': sql`
    select case_id::text as what from proposals where status = 'accepted' group by cpts_id, case_id, need_id having count(*) > 1`,
  'a proposal that awaits an answer on a closed case': sql`
    select p.id::text as what from proposals p join cases c on c.cpts_id = p.cpts_id and c.id = p.case_id where p.status = 'pending' and not c.is_open`,
  'an answered proposal without its moment': sql`
    select id::text as what from proposals where status in ('accepted', 'declined') and answered_at is null`,
  'a timeline out of order': sql`
    select concat_ws(' ', case_id, type, action, at, 'after', before) as what
    from (select case_id, type, action, at, lag(at) over (partition by cpts_id, case_id order by id) as before from case_events) e
    where at < before and before >= ${start.toISOString()}`,
  'a case without its opening': sql`
    select c.id::text as what from cases c where not exists (select from case_events e where e.cpts_id = c.cpts_id and e.case_id = c.id)`,
  'a move that does not start where the one before ended': sql`
    select case_id::text as what from (select case_id, from_status, lag(to_status) over (partition by cpts_id, case_id order by id) as before
      from case_events where type = 'move') e where from_status <> before`,
  'a case elsewhere than its last move led': sql`
    select c.id::text as what from cases c cross join lateral (select to_status from case_events e
      where e.cpts_id = c.cpts_id and e.case_id = c.id and e.type = 'move' order by e.id desc limit 1) last where last.to_status <> c.status`,
  'a slot booked beyond its places': sql`
    select s.id::text as what from slots s join slot_bookings b on b.cpts_id = s.cpts_id and b.slot_id = s.id and b.state = 'booked'
    group by s.cpts_id, s.id, s.capacity having count(*) > s.capacity`,
  'a case closed and open at once': sql`
    select id::text as what from cases where is_open = (closed_at is not null)`,
})

const kinds = caseKindsOf()

async function impossibleStatuses(tx: Db): Promise<string[]> {
  const { rows } = await tx.execute<{ kind: keyof typeof kinds; status: string }>(
    sql`select distinct kind, status from cases`,
  )
  return rows.flatMap(({ kind, status }) => {
    const known = Object.values(kinds[kind].machine).flatMap(({ from, to }) => [...from, to])
    return known.includes(status) ? [] : [`${kind} ${status}`]
  })
}

/** What holds no longer after the run, in words; nothing when all is well. */
export async function brokenInvariants(tested: TestApp, start: Date): Promise<string[]> {
  const broken: string[] = []
  await prepare(tested, async (tx) => {
    for (const [rule, query] of Object.entries(rulesSince(start))) {
      const { rows } = await tx.execute<{ what: string }>(query)
      if (rows.length > 0)
        broken.push(
          `${rule}: ${rows
            .slice(0, 5)
            .map(({ what }) => what)
            .join(', ')} (${rows.length})`,
        )
    }
    for (const status of await impossibleStatuses(tx)) broken.push(`an impossible status: ${status}`)
    for (const { figure, counted, actual } of await findCountDrift(tx))
      broken.push(`${figure}: ${counted} counted, ${actual} there`)
  })
  const territories = await prepare(tested, (tx) => tx.execute<{ id: CptsId }>(sql`select id from cpts`))
  // The lines are settled after a minute of the database's own clock.
  const later = new Date(Date.now() + 120_000)
  for (const { id } of territories.rows) {
    while ((await prepare(tested, (tx) => sealAudit(tx, id, later))) > 0);
    const position = await prepare(tested, (tx) => findBrokenSeal(tx, id))
    if (position !== null) broken.push(`the trail is broken from line ${position}`)
  }
  return broken
}

/** The places left that the API tells, beside those that the acceptances leave: by practitioner, where the two differ. */
export async function wrongPlaces(tested: TestApp, cptsId: CptsId, headers: Record<string, string>): Promise<string[]> {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ id: string; left: number }>(sql`
      select c.practitioner_id as id, c.places - coalesce(sum(p.places_taken), 0)::int as left from intake_capacities c
      left join proposals p on p.cpts_id = c.cpts_id and p.practitioner_id = c.practitioner_id and p.status = 'accepted' and p.capacity_period = c.period
      where c.cpts_id = ${cptsId} and c.places is not null group by c.practitioner_id, c.places`),
  )
  const wrong: string[] = []
  for (const { id, left } of rows) {
    const answer = await tested.app.inject({ url: `/api/v1/practitioners/${id}/intake-capacity`, headers })
    const told: unknown = answer.json().remaining
    if (told !== left || left < 0) wrong.push(`${id}: ${left} left, ${String(told)} told (${answer.statusCode})`)
  }
  return rows.length === 0 ? ['nobody counts places'] : wrong
}
