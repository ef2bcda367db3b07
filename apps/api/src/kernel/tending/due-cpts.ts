import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'

/** What the minute's jobs may find to do in a CPTS. */
export interface DueCpts {
  readonly id: CptsId
  readonly hasRestedSearches: boolean
  readonly hasWaitingCares: boolean
  readonly hasDischarges: boolean
  readonly hasUrgentCases: boolean
}

interface Row extends Record<string, unknown> {
  id: CptsId
  rested: boolean
  waiting: boolean
  discharges: boolean
  urgent: boolean
}

/**
 * Where something may be due, from one statement under the owner: a few look-ups in small indexes for each CPTS, and
 * those where nothing is due are not entered at all.
 */
export async function listDueCpts(tx: Db, now: Date): Promise<DueCpts[]> {
  const { rows } = await tx.execute<Row>(sql`
    select * from (select c.id,
      exists (select from cases k where k.cpts_id = c.id and k.kind = 'gp-search' and k.status = 'on_hold'
        and k.resume_at <= ${now.toISOString()}::timestamptz) as rested,
      exists (select from cases k where k.cpts_id = c.id and k.is_open and k.kind = 'unscheduled-care'
        and k.status in ('submitted', 'triaged', 'offering', 'no_show')) as waiting,
      exists (select from cases k where k.cpts_id = c.id and k.is_open and k.kind = 'hospital-discharge') as discharges,
      exists (select from cases k where k.cpts_id = c.id and k.is_open and k.status <> 'draft'
        and (k.band_rank = 1 or k.escalated_at is not null or k.kind = 'unscheduled-care')) as urgent
      from cpts c) d
    where d.rested or d.waiting or d.discharges or d.urgent order by d.id`)
  return rows.map(({ id, rested, waiting, discharges, urgent }) => ({
    id,
    hasRestedSearches: rested,
    hasWaitingCares: waiting,
    hasDischarges: discharges,
    hasUrgentCases: urgent,
  }))
}

/** The CPTS that have open searches. */
export async function listCptsWithSearches(tx: Db): Promise<CptsId[]> {
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c where exists (
      select from cases k where k.cpts_id = c.id and k.is_open and k.kind = 'gp-search') order by c.id`)
  return rows.map(({ id }) => id)
}

/** The CPTS where a patient's record was written or corrected since it was last compared with the others. */
export async function listCptsToCompare(tx: Db): Promise<CptsId[]> {
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c where exists (
      select from patients p where p.cpts_id = c.id and p.merged_into_id is null
        and p.compared_version is distinct from p.version) order by c.id`)
  return rows.map(({ id }) => id)
}
