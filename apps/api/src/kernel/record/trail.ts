import type { AccountId, CaseId, CptsId, PatientId, PractitionerId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** Jobs that go through the trail once, each at its own pace. */
export type TrailJob = 'readings' | 'reading-alerts'

/** What those jobs read of a line. */
export interface TrailLine {
  readonly position: number
  readonly at: Date
  readonly actorId: AccountId | null
  readonly role: string
  readonly action: string
  readonly caseId: CaseId | null
  readonly patientId: PatientId | null
  readonly outcome: 'done' | 'refused'
  readonly onBehalfOf: PractitionerId | null
  readonly shown: readonly string[] | null
}

/** Lines younger than this may still have elders in transactions that have not committed (they end within 30 seconds). */
const settledAfterMs = 60_000
/** Few enough that going through them holds nobody up. */
export const trailBatch = 1000

type Written = Omit<TrailLine, 'position' | 'at'> & { position: string; at: string }

/** The columns of a line, as `toLine` reads them. */
export const lineColumns = `e.position, e.at, e.actor_id as "actorId", e.role, e.action, e.case_id as "caseId", e.patient_id as "patientId",
  e.outcome, e.on_behalf_of as "onBehalfOf", e.shown`

/** A line as `queryRows` hands it out. */
export const toLine = ({ position, at, ...line }: Written): TrailLine => ({
  ...line,
  position: Number(position),
  at: new Date(at),
})
export type WrittenLine = Written

/**
 * The next lines of a CPTS's trail that this job has not seen, oldest first, once nothing can come before them any more.
 * Takes the job's place until the end of the transaction: two at once would see the same lines.
 */
export async function readTrail(tx: Db, cptsId: CptsId, job: TrailJob, now: Date): Promise<TrailLine[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${job}:${cptsId}`}, 0))`)
  const next = await queryRows<Written & { isYoung: boolean }>(tx, {
    text: `select ${lineColumns}, e.recorded_at >= $3 as "isYoung" from audit_entries e
      where e.cpts_id = $1 and e.position > coalesce((select position from audit_marks where cpts_id = $1 and job = $2), 0)
      order by e.position limit $4`,
    values: [cptsId, job, new Date(now.getTime() - settledAfterMs), trailBatch],
  })
  // A long act writes after acts that began later: past the first young line the job would never come back to it.
  const young = next.findIndex(({ isYoung }) => isYoung)
  return next.slice(0, young === -1 ? undefined : young).map(({ isYoung: _, ...line }) => toLine(line))
}

/** Says how far the job has come, in the transaction that did its work. */
export async function keepMark(tx: Db, cptsId: CptsId, job: TrailJob, position: number): Promise<void> {
  await tx.execute(sql`insert into audit_marks (cpts_id, job, position) values (${cptsId}, ${job}, ${position})
    on conflict (cpts_id, job) do update set position = excluded.position`)
}

/** The CPTS whose trail holds lines that this job has not seen: one look-up each, whatever its length. */
export async function listUnread(tx: Db, job: TrailJob, now: Date): Promise<CptsId[]> {
  const settled = new Date(now.getTime() - settledAfterMs).toISOString()
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c
    cross join lateral (
      select e.recorded_at from audit_entries e
      where e.cpts_id = c.id
        and e.position > coalesce((select m.position from audit_marks m where m.cpts_id = c.id and m.job = ${job}), 0)
      order by e.position limit 1
    ) next
    where next.recorded_at < ${settled}::timestamptz order by c.id`)
  return rows.map(({ id }) => id)
}
