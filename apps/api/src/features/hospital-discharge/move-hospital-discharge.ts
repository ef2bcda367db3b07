import type { HospitalDischargeAction, MoveHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { CasePatch } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { inPlaceOf } from '../../kernel/delegation/standing-in.ts'
import { moveCase } from '../../kernel/move-case.ts'
import { endLiveProposals, releaseAccepted } from '../../kernel/proposals/proposal.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { demandSubmittable } from './discharge-checks.ts'
import { isUncovered } from './discharge-need.machine.ts'
import { hospitalDischargeKind } from './hospital-discharge.kind.ts'
import {
  getDischargeRow,
  isNurseOf,
  needsOf,
  uncovered,
  updateDischarge,
  updateNeed,
} from './hospital-discharge.store.ts'
import { seekGp } from './open-hospital-discharge.ts'
import { deriveStatus, headerOf } from './settle-discharge.ts'

interface Moving {
  tx: Db
  context: Context
  before: CaseRow
}

type Input<Action extends HospitalDischargeAction> = Extract<MoveHospitalDischarge, { action: Action }>
type Effects = {
  [Action in HospitalDischargeAction]: (moving: Moving, input: Input<Action>) => Promise<CasePatch> | CasePatch
}

// One line or one small function per action: what it does beside the change of status.
const effects: Effects = {
  submit: async ({ tx, context, before }, { consent }) => {
    const { details } = await getDischargeRow(tx, before)
    const needs = await needsOf(tx, before)
    demandSubmittable(details, needs.length, consent)
    await seekGp(tx, context, { ...before, consent }, details)
    return { consent, clockStartedAt: context.now }
  },
  acknowledge: () => ({}),
  'request-info': async ({ tx, before }, { missing }) => {
    await updateDischarge(tx, before, { missing })
    return {}
  },
  'provide-info': async ({ tx, before }) => {
    await updateDischarge(tx, before, { missing: [] })
    return {}
  },
  start: () => ({}),
  discharge,
  'follow-up': followUp,
  cancel: async ({ tx, context, before }, { reason }) => {
    await withdrawNeeds(tx, context, before)
    await releaseAccepted(tx, context, before, reason)
    for (const need of await needsOf(tx, before)) {
      if (need.coveredById) await updateNeed(tx, need, { ...uncovered, status: 'open' })
    }
    return headerOf(tx, context, before)
  },
}

/** Nobody is asked any more: what was only proposed is open again. Who must say again whether they come keeps the need. */
async function withdrawNeeds(tx: Db, context: Context, before: CaseRow): Promise<void> {
  await endLiveProposals(tx, context, before, 'withdrawn')
  for (const need of await needsOf(tx, before)) {
    if (need.status === 'proposed' && !need.reconfirmationPending) await updateNeed(tx, need, { status: 'open' })
  }
}

/** Patients go home even when not all is covered, and that must be seen: the ward says that it knows. */
async function discharge({ tx, context, before }: Moving, input: Input<'discharge'>): Promise<CasePatch> {
  const actualDischargeAt = new Date(input.actualAt)
  if (actualDischargeAt > context.now) throw invalidField('/actualAt', 'future')
  const isMissing = (await needsOf(tx, before)).some(isUncovered)
  if (isMissing && !input.uncoveredAcknowledged)
    throw problem('uncovered-not-acknowledged', { errors: [{ pointer: '/uncoveredAcknowledged', code: 'required' }] })
  await withdrawNeeds(tx, context, before)
  await updateDischarge(tx, before, {
    actualDischargeAt,
    letterSent: input.letterSent,
    checklist: input.checklist,
  })
  return headerOf(tx, context, before)
}

async function followUp({ tx, context, before }: Moving, input: Input<'follow-up'>): Promise<CasePatch> {
  const { actor, now, calendar } = context
  if (actor.role === 'practitioner' && !(await isNurseOf(tx, actor, before))) throw problem('role-may-not')
  const called = new Date(input.calledAt)
  if (called > now) throw invalidField('/calledAt', 'future')
  if (input.gpSeenAt && input.gpSeenAt > dayIn(calendar.timeZone, now)) throw invalidField('/gpSeenAt', 'future')
  await updateDischarge(tx, before, {
    followUpCalledAt: called,
    gpSeenAt: input.gpSeenAt ?? null,
    readmitted: input.readmitted ?? null,
  })
  return {}
}

/** The follow-up call that a nurse told by phone goes on in their name: one who covers a nursing need, and no other. */
async function inNurseName(tx: Db, context: Context, id: CaseId, input: MoveHospitalDischarge): Promise<Context> {
  if (input.action !== 'follow-up' || !input.onBehalf) return context
  const { practitionerId, ...call } = input.onBehalf
  const standing = inPlaceOf(context, practitionerId, 'follow-patients', call)
  if (await isNurseOf(tx, { practitionerId }, { cptsId: context.actor.cptsId, id })) return standing
  throw invalidField('/onBehalf/practitionerId', 'not-the-nurse')
}

/** One transition of a discharge, by the machine's rules. */
export function moveHospitalDischarge(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  input: MoveHospitalDischarge,
): Promise<CaseRow> {
  return act(deps, actor, async (tx, asked) => {
    const context = await inNurseName(tx, asked, id, input)
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
      fields: MoveHospitalDischarge,
    ) => Promise<CasePatch> | CasePatch
    const row = await moveCase(tx, context, hospitalDischargeKind, request, async (before) =>
      effect({ tx, context, before }, input),
    )
    // Needs may have been covered before the coordination began.
    return deriveStatus(tx, context, row)
  })
}
