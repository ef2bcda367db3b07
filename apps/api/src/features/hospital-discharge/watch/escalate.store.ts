import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gt, lte, type SQL, sql } from 'drizzle-orm'
import { type CaseRow, caseEvents, cases } from '../../../kernel/tables/case.table.ts'
import { proposals } from '../../../kernel/tables/proposal.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { hospitalDischargeDelays } from '../hospital-discharge.deadlines.ts'
import type { NeedRow } from '../hospital-discharge.store.ts'
import { dischargeNeeds, hospitalDischarges } from '../hospital-discharge.table.ts'

const { alertHoursBefore } = hospitalDischargeDelays

/** How many discharges a batch looks at. */
export const escalateBatch = 100

/** Where a walk stands; the instant as PostgreSQL writes it, microseconds included. */
export interface DischargeCursor {
  readonly at: string
  readonly id: string
}

export type WatchedNeed = Pick<NeedRow, 'id' | 'type' | 'status' | 'vital'>

const columns = {
  row: cases,
  discharge: hospitalDischarges,
  needs: sql<
    WatchedNeed[]
  >`coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'type', n.type, 'status', n.status,
      'vital', n.vital) order by n.position, n.id)
    from ${dischargeNeeds} n where n.cpts_id = ${cases.cptsId} and n.case_id = ${cases.id}), '[]')`,
  pending: sql<number>`(select count(*)::int from ${proposals} o
    where o.cpts_id = ${cases.cptsId} and o.case_id = ${cases.id} and o.status = 'pending')`,
  /** Was the coordination alerted of an uncovered need, for this date? */
  wasAlerted: sql<boolean>`exists (select from ${caseEvents} e
    where e.cpts_id = ${cases.cptsId} and e.case_id = ${cases.id} and e.action = 'coverage-alert'
      and e.at >= ${hospitalDischarges.expectedDischargeAt} - make_interval(hours => ${alertHoursBefore}))`,
  at: sql<string>`${hospitalDischarges.expectedDischargeAt}::text`,
}

const ofDischarge = and(
  eq(cases.cptsId, hospitalDischarges.cptsId),
  eq(cases.id, hospitalDischarges.caseId),
  cases.isOpen,
)

/** A discharge that time concerns, with everything that its header is written from. */
export type WatchedDischarge = Awaited<ReturnType<typeof nearDischarges>>[number]

/** The discharges of patients not yet home, expected between two instants, behind a cursor. */
export const nearDischarges = (tx: Db, cptsId: CptsId, after: DischargeCursor, before: Date) =>
  tx
    .select(columns)
    .from(hospitalDischarges)
    .innerJoin(cases, ofDischarge)
    .where(
      and(
        eq(hospitalDischarges.cptsId, cptsId),
        lte(hospitalDischarges.expectedDischargeAt, before),
        sql`(${hospitalDischarges.expectedDischargeAt}, ${hospitalDischarges.caseId}) > (${after.at}::timestamptz, ${after.id}::uuid)`,
        sql`${cases.status} in ('submitted', 'acknowledged', 'info_requested', 'coordinating', 'partially_covered', 'covered')`,
      ),
    )
    .orderBy(asc(hospitalDischarges.expectedDischargeAt), asc(hospitalDischarges.caseId))
    .limit(escalateBatch)

/** Those expected longer ago whose uncovered needs nobody was told of, behind one of them; as their index has them. */
export const forgottenDischarges = (tx: Db, cptsId: CptsId, after: string, before: Date) =>
  tx
    .select(columns)
    .from(cases)
    .innerJoin(hospitalDischarges, ofDischarge)
    .where(
      and(
        eq(cases.cptsId, cptsId),
        toCover,
        gt(cases.id, sql`${after}::uuid`),
        lte(hospitalDischarges.expectedDischargeAt, before),
      ),
    )
    .orderBy(asc(cases.id))
    .limit(escalateBatch)

const toCover: SQL = sql`${cases.isOpen} and ${cases.kind} = 'hospital-discharge' and ${cases.escalatedAt} is null
  and ${cases.status} in ('submitted', 'acknowledged', 'info_requested', 'coordinating', 'partially_covered')`

/** The discharges where somebody should have said again whether they come and where that was not told yet. */
export async function unconfirmedDischarges(db: Db, cptsId: CptsId, now: Date): Promise<CaseRow[]> {
  const found = await db
    .select({ row: cases })
    .from(proposals)
    .innerJoin(cases, and(eq(cases.cptsId, proposals.cptsId), eq(cases.id, proposals.caseId)))
    .where(
      and(
        eq(proposals.cptsId, cptsId),
        sql`${proposals.status} = 'accepted' and ${proposals.reconfirmation} = 'pending'`,
        lte(proposals.reconfirmBy, now),
        sql`${cases.status} in ('submitted', 'acknowledged', 'info_requested', 'coordinating', 'partially_covered', 'covered')`,
        sql`not exists (select from ${caseEvents} e where e.cpts_id = ${cases.cptsId} and e.case_id = ${cases.id}
          and e.action = 'reconfirmation-unanswered' and e.at >= ${proposals.reconfirmBy})`,
      ),
    )
    .orderBy(asc(proposals.reconfirmBy))
    .limit(escalateBatch)
  // Two needs of one discharge are told together.
  return [...new Map(found.map(({ row }) => [row.id, row])).values()]
}
