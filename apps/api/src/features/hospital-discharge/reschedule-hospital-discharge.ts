import type { RescheduleDischarge } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { addCalendarDays } from '../../kernel/calendar.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { judgeMove } from '../../kernel/machine.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { lockDischarge } from './discharge-checks.ts'
import { dischargeNeedMachine } from './discharge-need.machine.ts'
import { needsReconfirmation, reconfirmationDue } from './hospital-discharge.deadlines.ts'
import { askReconfirmation, getDischargeRow, needsOf, updateDischarge, updateNeed } from './hospital-discharge.store.ts'
import { settleDischarge } from './settle-discharge.ts'

/** A discharge put off by more than a year is another stay. */
const farthestDays = 366
/** The last moment that a date on the wire can say; the end of a need may already be there. */
const endOfTime = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Moves the date of a discharge. Beyond a day, whoever had accepted is asked again whether they come: until they
 * answer, their need is proposed and no longer covered. A smaller shift keeps every promise.
 */
export function rescheduleHospitalDischarge(
  deps: Deps,
  actor: Actor,
  input: RescheduleDischarge & { id: CaseId },
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockDischarge(tx, context, input, 'reschedule')
    const expectedDischargeAt = new Date(input.expectedDischargeAt)
    if (expectedDischargeAt < context.now) throw invalidField('/expectedDischargeAt', 'past')
    if (expectedDischargeAt > addCalendarDays(context.calendar, context.now, farthestDays))
      throw invalidField('/expectedDischargeAt', 'too-far')
    const known = await getDischargeRow(tx, before)
    await updateDischarge(tx, before, {
      expectedDischargeAt,
      details: { ...known.details, expectedDischargeAt: expectedDischargeAt.toISOString() },
    })
    await moveNeeds(tx, before, expectedDischargeAt.getTime() - known.expectedDischargeAt.getTime())
    if (needsReconfirmation(known.expectedDischargeAt, expectedDischargeAt))
      await askAgain(tx, context, before, expectedDischargeAt)
    await recordEvent(tx, context, before, {
      type: 'details',
      action: 'reschedule',
      reason: input.reason,
      data: { from: known.expectedDischargeAt.toISOString(), to: expectedDischargeAt.toISOString() },
    })
    await enqueue(tx, {
      cptsId: before.cptsId,
      topic: 'case-event',
      payload: { caseId: before.id, kind: before.kind, action: 'reschedule' },
      now: context.now,
    })
    return settleDischarge(tx, context, before, 'hospital-discharge.reschedule')
  })
}

/** Care starts so long after the return home, whenever that is: the dates asked for move with the discharge. */
async function moveNeeds(tx: Db, row: CaseRow, shiftMs: number): Promise<void> {
  const moved = (at: Date): Date => new Date(Math.min(at.getTime() + shiftMs, endOfTime))
  for (const need of await needsOf(tx, row)) {
    if (need.status === 'not_needed') continue
    await updateNeed(tx, need, { startAt: moved(need.startAt), endAt: need.endAt && moved(need.endAt) })
  }
}

async function askAgain(tx: Db, context: Context, row: CaseRow, expectedDischargeAt: Date): Promise<void> {
  const { now } = context
  const reconfirmBy = reconfirmationDue(now, expectedDischargeAt)
  const needs = await needsOf(tx, row)
  for (const proposal of await askReconfirmation(tx, row, reconfirmBy, now)) {
    const need = needs.find(({ id }) => id === proposal.needId)
    if (!need) continue
    judgeMove(dischargeNeedMachine, need.status, 'date-moved', { role: 'system', parts: [] })
    await updateNeed(tx, need, { status: 'proposed', reconfirmationPending: true })
    await enqueue(tx, {
      cptsId: row.cptsId,
      topic: 'check-reconfirmation',
      payload: { proposalId: proposal.id },
      now,
      runAt: reconfirmBy,
    })
    const { practitionerId } = proposal
    await recordEvent(tx, context, row, { type: 'proposal', action: 'reconfirmation-asked', practitionerId })
  }
}
