import type { CaseId, PatientId } from '@maillage/contracts/kit/ids'
import { lockCase } from '../../../kernel/case.store.ts'
import type { Context } from '../../../kernel/context.ts'
import { moveBySystem } from '../../../kernel/move-case.ts'
import type { Db } from '../../../platform/db/database.ts'
import { moveGpSearchIn } from '../move-gp-search.ts'
import { leaveHousehold, resizeSearch } from './leave-household.ts'

/** The person leaves a search, having another: it closes as a duplicate, or the household goes on without them. */
export async function leaveAsDuplicate(
  tx: Db,
  context: Context,
  caseId: CaseId,
  patientId: PatientId,
): Promise<{ isClosed: boolean }> {
  const row = await lockCase(tx, context.actor, { id: caseId, kind: 'gp-search' })
  if (row.householdSize > 1) {
    await leaveHousehold(tx, context, row, [patientId])
    return { isClosed: false }
  }
  await moveGpSearchIn(tx, context, caseId, { action: 'close', reason: 'duplicate', version: row.version })
  return { isClosed: true }
}

/** The search waits since this day; answers since when it did. */
export async function takeSeniority(tx: Db, context: Context, caseId: CaseId, since: Date): Promise<Date> {
  const row = await lockCase(tx, context.actor, { id: caseId, kind: 'gp-search' })
  if (!row.isOpen) return row.registeredAt
  const audit = 'gp-search.seniority-taken'
  await resizeSearch(tx, context, row, { size: row.householdSize, audit, registeredAt: since })
  return row.registeredAt
}

const matched = ['proposing', 'matched', 'visit_booked', 'on_hold']

/** A search that a merge closed goes on; what was offered or taken was given back, and it is on the list again. */
export async function takeUpDuplicate(tx: Db, context: Context, caseId: CaseId, status: string): Promise<void> {
  const row = await lockCase(tx, context.actor, { id: caseId, kind: 'gp-search' })
  if (row.isOpen || row.statusReason !== 'duplicate') return
  const back = matched.includes(status) ? 'eligible' : status
  const fresh = { status: back, clockStartedAt: context.now, pausedAt: null, resumeAt: null }
  await moveBySystem(tx, context, row, 'taken-up', fresh)
}
