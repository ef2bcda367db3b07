import type { RescheduleDischarge } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { lockDischarge } from './discharge-checks.ts'
import { getDischargeRow, needsOf, updateDischarge, updateNeed } from './hospital-discharge.store.ts'
import { demandPossibleDate } from './reschedule/possible-date.ts'
import { acceptedProposals, askReconfirmation } from './reschedule/reschedule.store.ts'
import { consequencesOfReschedule } from './reschedule/reschedule-consequences.ts'
import { settleDischarge } from './settle-discharge.ts'

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
    demandPossibleDate(context, expectedDischargeAt)
    const known = await getDischargeRow(tx, before)
    const accepted = await acceptedProposals(tx, before)
    const consequences = consequencesOfReschedule({
      now: context.now,
      from: known.expectedDischargeAt,
      to: expectedDischargeAt,
      needs: await needsOf(tx, before),
      accepted: accepted.map(({ needId }) => needId),
    })
    await updateDischarge(tx, before, {
      expectedDischargeAt,
      details: { ...known.details, expectedDischargeAt: expectedDischargeAt.toISOString() },
    })
    for (const { needId, ...patch } of consequences.needs)
      await updateNeed(tx, { cptsId: before.cptsId, id: needId }, patch)
    if (consequences.reconfirmBy) await askAgain(tx, context, before, consequences.reconfirmBy)
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

/** Whoever had accepted is asked whether they still come, and remembered when their answer is due. */
async function askAgain(tx: Db, context: Context, row: CaseRow, reconfirmBy: Date): Promise<void> {
  const { now } = context
  for (const { id, practitionerId } of await askReconfirmation(tx, row, reconfirmBy, now)) {
    await enqueue(tx, {
      cptsId: row.cptsId,
      topic: 'check-reconfirmation',
      payload: { proposalId: id },
      now,
      runAt: reconfirmBy,
    })
    await enqueue(tx, { cptsId: row.cptsId, topic: 'tell-date-moved', payload: { proposalId: id }, now })
    await recordEvent(tx, context, row, { type: 'proposal', action: 'reconfirmation-asked', practitionerId })
  }
}
