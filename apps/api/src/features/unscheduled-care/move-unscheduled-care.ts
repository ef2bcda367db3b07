import type { CaseId } from '@maillage/contracts/kit/ids'
import type { MoveUnscheduledCare, UnscheduledCareAction } from '@maillage/contracts/unscheduled-care'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { CasePatch } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { inPlaceOfHolder } from '../../kernel/delegation/standing-in.ts'
import { moveCase } from '../../kernel/move-case.ts'
import { beginPart, endLiveProposals, endPart, releaseAccepted } from '../../kernel/proposals/proposal.store.ts'
import { settlePlace } from '../../kernel/slots/slot.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { priorityPatch } from './score-care.ts'
import { bookSlot, freeSlot } from './slots/book-slot.ts'
import { tellVisit } from './tell-visit.ts'
import { unscheduledCareKind } from './unscheduled-care.kind.ts'
import { getCareRow, isInDirectory, updateCare } from './unscheduled-care.store.ts'

interface Moving {
  tx: Db
  context: Context
  before: CaseRow
}

type Input<Action extends UnscheduledCareAction> = Extract<MoveUnscheduledCare, { action: Action }>
type Effects = {
  [Action in UnscheduledCareAction]: (moving: Moving, input: Input<Action>) => Promise<CasePatch> | CasePatch
}

/** A patient who did not come is placed a second time, and no third (domain notes D3). */
export const maxRetries = 1

/** Every live proposal is withdrawn, an appointment undone, and who had it no longer reads the patient's file. */
async function letGo({ tx, context, before }: Moving, reason: string): Promise<CasePatch> {
  await endLiveProposals(tx, context, before, 'withdrawn')
  await releaseAccepted(tx, context, before, reason)
  const { bookedWithId, slotId } = await getCareRow(tx, before)
  if (bookedWithId) {
    await endPart(tx, context, before, bookedWithId)
    await updateCare(tx, before, { appointmentAt: null, bookedWithId: null, slotId: null })
  }
  if (bookedWithId && slotId) await freeSlot(tx, context, before, bookedWithId)
  return { liveProposals: 0 }
}

// One line or one small function per action: what it does beside the change of status.
const effects: Effects = {
  triage,
  book,
  attend: async ({ tx, context, before }, input) => {
    await tellVisit(tx, context, before, input)
    return {}
  },
  'record-no-show': async ({ tx, context, before }, { note = null }) => {
    const { noShows, slotId } = await getCareRow(tx, before)
    await updateCare(tx, before, { noShows: noShows + 1, visitToldAt: context.now, visitNote: note })
    if (slotId) await settlePlace(tx, before, 'no_show', context.now)
    return {}
  },
  retry: async (moving) => {
    const care = await getCareRow(moving.tx, moving.before)
    if (care.noShows > maxRetries) throw problem('wrong-status', { allowed: ['redirect', 'cancel'] })
    // The delay starts anew: it was the patient who could not come.
    const clockStartedAt = moving.context.now
    const scored = { ...care, isTriaged: true, clockStartedAt, override: moving.before.priority.override }
    const anew = { clockStartedAt, escalatedAt: null, escalationReason: null }
    return { ...(await letGo(moving, 'no_show')), ...priorityPatch(moving.context, scored), ...anew }
  },
  unbook: (moving, { reason }) => letGo(moving, reason),
  redirect: (moving, { reason }) => {
    if (reason !== 'emergency_15' && moving.context.actor.role !== 'coordinator') throw problem('role-may-not')
    return letGo(moving, reason)
  },
  'close-unmet': async (moving, { reason, patientToldAt, adviceGiven }) => {
    if (new Date(patientToldAt) > moving.context.now) throw invalidField('/patientToldAt', 'future')
    await updateCare(moving.tx, moving.before, { patientToldAt: new Date(patientToldAt), adviceGiven })
    return letGo(moving, reason)
  },
  cancel: (moving, { reason }) => letGo(moving, reason),
}

/**
 * U1 and U2 are set by a clinician, or by a protocol that is named; whoever asks may say U3 at most. Nobody signs as a
 * clinician without being one. What was offered for another level, place or profession is withdrawn.
 */
async function triage(moving: Moving, input: Input<'triage'>): Promise<CasePatch> {
  const { tx, context, before } = moving
  const { level, basis, mode, profession } = input
  if (basis === 'clinician' && !context.actor.isHealthProfessional) throw invalidField('/basis', 'not-a-clinician')
  if (basis === 'requester' && level !== 'U3') throw invalidField('/basis', 'not-enough-for-level')
  if (basis === 'protocol' && !input.protocolId) throw invalidField('/protocolId', 'required')
  const protocolId = basis === 'protocol' ? (input.protocolId ?? null) : null
  await updateCare(tx, before, { level, basis, protocolId, mode, profession })
  // A triage judges the urgency anew: a band set by hand before it no longer stands.
  const scored = { level, basis, isTriaged: true, clockStartedAt: before.clockStartedAt }
  return { ...(await letGo(moving, 'triage')), ...priorityPatch(context, scored) }
}

async function book(moving: Moving, { practitionerId, appointmentAt, slotId }: Input<'book'>): Promise<CasePatch> {
  const { tx, context, before } = moving
  const at = new Date(appointmentAt)
  if (at < before.openedAt) throw invalidField('/appointmentAt', 'before-request')
  if (!(await isInDirectory(tx, before, practitionerId))) throw invalidField('/practitionerId', 'unknown')
  const patch = await letGo(moving, 'booked')
  if (slotId) await bookSlot(tx, context, before, { slotId, practitionerId, at })
  await updateCare(tx, before, { appointmentAt: at, bookedWithId: practitionerId, slotId: slotId ?? null })
  await beginPart(tx, context, before, practitionerId)
  return patch
}

/** One transition of a request, by the machine's rules. */
export function moveUnscheduledCare(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  input: MoveUnscheduledCare,
): Promise<CaseRow> {
  const request = {
    id,
    version: input.version,
    action: input.action,
    reason: 'reason' in input ? input.reason : null,
    note: 'note' in input ? input.note : null,
  }
  // The effect of an action takes that action's own fields; TypeScript does not tie the two through the union.
  const effect = effects[input.action] as (
    moving: Moving,
    fields: MoveUnscheduledCare,
  ) => Promise<CasePatch> | CasePatch
  return act(deps, actor, async (tx, asked) => {
    const context = await inPlaceOfHolder(tx, asked, id, 'onBehalf' in input ? input.onBehalf : undefined)
    return moveCase(tx, context, unscheduledCareKind, request, async (before) => effect({ tx, context, before }, input))
  })
}
