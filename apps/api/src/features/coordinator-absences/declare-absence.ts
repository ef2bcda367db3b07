import type { CoordinatorAbsence, NewCoordinatorAbsence } from '@maillage/contracts/coordination/coordinator-absences'
import { dayIn } from '@maillage/contracts/kit/dates'
import { newRowId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { coordinatorName } from '../../kernel/coordination/coordinators.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { deleteAbsence, insertAbsence, isAwayBetween } from './coordinator-absence.store.ts'

/** Declares when a coordinator is away and who stands in for them; one absence at a time. */
export function declareAbsence(
  deps: Deps,
  actor: Actor,
  { from, until, deputyId, accountId = actor.accountId ?? undefined }: NewCoordinatorAbsence,
): Promise<CoordinatorAbsence> {
  return act(deps, actor, async (tx, { now, calendar }) => {
    if (until < from) throw invalidField('/until', 'before-start')
    if (until < dayIn(calendar.timeZone, now)) throw invalidField('/until', 'past')
    const name = accountId && (await coordinatorName(tx, actor, accountId))
    if (!accountId || !name) throw invalidField('/accountId', 'unknown')
    if (deputyId === accountId) throw invalidField('/deputyId', 'same-person')
    const deputy = await coordinatorName(tx, actor, deputyId)
    if (!deputy) throw invalidField('/deputyId', 'unknown')
    const absence = { cptsId: actor.cptsId, id: newRowId(), accountId, deputyId, fromDay: from, untilDay: until }
    if (await isAwayBetween(tx, absence)) throw problem('already-exists')
    await insertAbsence(tx, { ...absence, createdAt: now })
    await recordAudit(tx, actor, { action: `coordinator.declare-absence ${accountId}`, at: now })
    return {
      id: absence.id,
      account: { id: accountId, displayName: name },
      deputy: { id: deputyId, displayName: deputy },
      from,
      until,
    }
  })
}

/** Takes an absence away: back earlier, or declared by mistake. */
export function endAbsence(deps: Deps, actor: Actor, id: string): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    if (!(await deleteAbsence(tx, actor, id))) throw problem('not-found')
    await recordAudit(tx, actor, { action: 'coordinator.end-absence', at: now })
  })
}
