import type { CaseId } from '@maillage/contracts/kit/ids'
import type { Db } from '../platform/db/database.ts'
import { askerOn, type CasePatch, lockCase, updateCase } from './case.store.ts'
import { clocksOf } from './clocks.ts'
import type { CaseKind, Context } from './context.ts'
import { judgeMove, type Move } from './machine.ts'
import { recordAudit } from './record/audit.ts'
import { recordTransition } from './record/record-transition.ts'
import type { CaseRow } from './tables/case.table.ts'

export interface MoveRequest {
  id: CaseId
  version: number
  action: string
  reason?: string | null
  /** Free text for the case's story; it never reaches the audit. */
  note?: string | null
}

/** What a slice does to its own row during a move; returns what changes on the header (`status` for a derived one). */
export type MoveEffect = (before: CaseRow, move: Move<string>) => Promise<CasePatch>

/**
 * One transition of a case, the only way a status changes by somebody's hand: lock, compare the version, judge by the
 * machine, let the slice write, then header, story, audit and outbox together.
 */
export async function moveCase(
  tx: Db,
  context: Context,
  kind: CaseKind,
  request: MoveRequest,
  effect: MoveEffect,
): Promise<CaseRow> {
  const before = await lockCase(tx, context.actor, { id: request.id, kind: kind.kind, version: request.version })
  const move = judgeMove(kind.machine, before.status, request.action, await askerOn(tx, context.actor, before.id))
  const patch = await effect(before, move)
  return applyTransition(tx, context, before, { ...patch, status: patch.status ?? landing(move, before) }, request)
}

function landing(move: Move<string>, before: CaseRow): string {
  if (move.to === 'derived') throw new Error(`A derived status was not derived from ${before.status}`)
  if (move.to !== 'previous') return move.to
  if (!before.previousStatus) throw new Error('A paused case does not know where it came from')
  return before.previousStatus
}

/** A transition that is the consequence of something else (a proposal, a job): the machine judges it as the system's. */
export async function moveBySystem(
  tx: Db,
  context: Context,
  before: CaseRow,
  action: string,
  patch: CasePatch = {},
  reason: string | null = null,
): Promise<CaseRow> {
  const kind = context.kinds[before.kind]
  const move = judgeMove(kind.machine, before.status, action, { role: 'system', parts: [] })
  return applyTransition(
    tx,
    context,
    before,
    { ...patch, status: patch.status ?? landing(move, before) },
    { action, reason },
  )
}

async function applyTransition(
  tx: Db,
  context: Context,
  before: CaseRow,
  patch: CasePatch & { status: string },
  told: { action: string; reason?: string | null; note?: string | null },
): Promise<CaseRow> {
  const { now } = context
  const isFinal = context.kinds[before.kind].finalStatuses.includes(patch.status)
  const moved: CasePatch = {
    statusReason: told.reason ?? null,
    ...(patch.status === before.status ? {} : { previousStatus: before.status, statusSince: now }),
    ...patch,
    isOpen: !isFinal,
    closedAt: isFinal ? now : null,
  }
  const merged: CaseRow = { ...before, ...moved }
  const after = await updateCase(tx, before, { ...moved, ...(await clocksOf(tx, context, merged)) }, now)
  const { action, reason, note } = told
  await recordTransition(tx, context, before, { action, from: before.status, to: after.status, reason, note })
  return after
}

/** An act that changes facts and not the status (details, priority, owner, a callback): the clocks are set anew. */
export async function touchCase(
  tx: Db,
  context: Context,
  before: CaseRow,
  patch: CasePatch,
  audit: string,
): Promise<CaseRow> {
  const merged: CaseRow = { ...before, ...patch }
  const after = await updateCase(tx, before, { ...patch, ...(await clocksOf(tx, context, merged)) }, context.now)
  await recordAudit(tx, context.actor, {
    action: audit,
    at: context.now,
    caseId: before.id,
    patientId: before.patientId,
    from: before.status,
    to: after.status,
  })
  return after
}
