import type { Priority } from '@maillage/contracts/cases'
import type { CasePatch } from '../../kernel/case.store.ts'
import type { Context } from '../../kernel/context.ts'
import { moveBySystem, touchCase } from '../../kernel/move-case.ts'
import { priorityFrom, rankOf } from '../../kernel/priority.ts'
import { countPending } from '../../kernel/proposals/proposal.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { coverageOf, derivedStatus, isUncovered } from './discharge-need.machine.ts'
import { isTimeToEscalate } from './hospital-discharge.deadlines.ts'
import { derivedStatuses } from './hospital-discharge.machine.ts'
import { type HospitalDischargeScoreFacts, scoreHospitalDischarge } from './hospital-discharge.priority.ts'
import { getDischargeRow, type HospitalDischargeRow, type NeedRow, needsOf } from './hospital-discharge.store.ts'

const HOUR = 3_600_000

/** The priority of a discharge at the context's instant; an override is kept. */
export function priorityOf(
  context: Pick<Context, 'now'>,
  discharge: { expectedDischargeAt: Date; actualDischargeAt: Date | null } & Pick<
    HospitalDischargeScoreFacts,
    'details' | 'needs'
  >,
  override?: Priority['override'],
): Priority {
  const left = (discharge.expectedDischargeAt.getTime() - context.now.getTime()) / HOUR
  return priorityFrom(
    scoreHospitalDischarge({
      hoursLeft: discharge.actualDischargeAt ? null : left,
      needs: discharge.needs,
      details: discharge.details,
    }),
    override,
  )
}

/** What the header of a discharge is written from. */
export interface DischargeFacts {
  readonly discharge: Pick<HospitalDischargeRow, 'expectedDischargeAt' | 'actualDischargeAt' | 'details'>
  readonly needs: readonly Pick<NeedRow, 'id' | 'type' | 'status' | 'vital'>[]
  /** How many proposals await an answer. */
  readonly pending: number
}

/** What the header says of the needs: coverage, priority, live proposals; an escalation ends when it has no reason left. */
export function headerFrom(
  context: Pick<Context, 'now'>,
  { discharge, needs, pending }: DischargeFacts,
  override?: Priority['override'],
): CasePatch & Pick<CaseRow, 'coverage' | 'priority' | 'score' | 'bandRank'> {
  const priority = priorityOf(context, { ...discharge, needs }, override)
  const isEscalated = needs.some(isUncovered) && isTimeToEscalate(context.now, discharge.expectedDischargeAt)
  return {
    coverage: coverageOf(needs),
    priority,
    score: priority.score,
    bandRank: rankOf(priority.band),
    liveProposals: pending,
    ...(isEscalated ? {} : { escalatedAt: null, escalationReason: null }),
  }
}

/** The same, from what the database holds. */
export async function headerOf(tx: Db, context: Context, row: CaseRow): Promise<CasePatch> {
  const facts = {
    discharge: await getDischargeRow(tx, row),
    needs: await needsOf(tx, row),
    pending: await countPending(tx, row),
  }
  return headerFrom(context, facts, row.priority.override)
}

/**
 * Ends every act that touched the needs, the date or the details: the header is written anew, and once the
 * coordination has begun the status follows from the needs.
 */
export async function settleDischarge(tx: Db, context: Context, before: CaseRow, audit: string): Promise<CaseRow> {
  const row = await touchCase(tx, context, before, await headerOf(tx, context, before), audit)
  return deriveStatus(tx, context, row)
}

/** The status as the needs say it, told as the system's move when it differs. */
export async function deriveStatus(tx: Db, context: Context, row: CaseRow): Promise<CaseRow> {
  const isDerived = derivedStatuses.some((status) => status === row.status)
  if (!isDerived) return row
  const status = derivedStatus(await needsOf(tx, row))
  return status === row.status ? row : moveBySystem(tx, context, row, 'derive', { status })
}
