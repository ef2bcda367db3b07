import type { CaseId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { AnswerRevalidation, RevalidationAnswer, RevalidationKept } from '@maillage/contracts/revalidation'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problem } from '../../platform/problem-error.ts'
import {
  attemptsOf,
  caseAsked,
  contactOf,
  deleteAttempt,
  insertAttempt,
  lockAsking,
  lockOpenAsking,
  patchAsking,
} from './revalidation.store.ts'
import type { RevalidationBefore, RevalidationRow } from './revalidation.table.ts'
import type { RevalidationDeps } from './searches.ts'
import { type Asked, goOn } from './take-steps.ts'

/** Why the search closes, by what was answered. */
export const closingReasons = { found: 'found_elsewhere', 'no-longer-wanted': 'withdrawn' } as const

/** Takes the case, then its asking: every act and job takes them in this order. */
export async function takeAsking(
  { tx, context }: Pick<Asked, 'tx' | 'context'>,
  id: RevalidationId,
  version?: number,
): Promise<Asked> {
  const { actor } = context
  const caseId = await caseAsked(tx, actor.cptsId, id)
  if (!caseId) throw problem('not-found')
  const row = await lockCase(tx, actor, { id: caseId })
  const asking = await lockAsking(tx, { cptsId: actor.cptsId, id })
  if (!asking) throw problem('not-found')
  if (version !== undefined && asking.version !== version) throw problem('version-stale')
  return { tx, context, row, asking }
}

/** Writes down what somebody answered on the phone, or that nobody did; it can be taken back. */
export function answerAsking(
  deps: RevalidationDeps,
  actor: Actor,
  id: RevalidationId,
  { answer, scope, version }: AnswerRevalidation,
): Promise<RevalidationKept> {
  return act(deps, actor, async (tx, context) => {
    const asked = await takeAsking({ tx, context }, id, version)
    if (asked.asking.endedAt || !asked.row.isOpen) throw problem('wrong-status')
    if (answer === 'unreachable') return toKept(await noteUnreached(asked))
    // One person's answer must not carry the others of a household along: whoever writes it down says whom it is for.
    if (answer !== 'still-searching' && asked.row.householdSize > 1 && !scope)
      throw problem('household-scope-required', { errors: [{ pointer: '/scope', code: 'required' }] })
    return toKept(await keepAnswer(deps, asked, { answer, isAlone: scope === 'patient' }, 'desk'))
  })
}

/** What somebody said, for their household or for themselves alone. */
export interface Said {
  readonly answer: Exclude<RevalidationAnswer, 'unreachable'>
  readonly isAlone: boolean
}

/** The answer, and what it does to the search. */
export async function keepAnswer(
  deps: RevalidationDeps,
  asked: Asked,
  { answer, isAlone }: Said,
  answeredBy: 'link' | 'desk',
): Promise<RevalidationRow> {
  const { tx, context, row, asking } = asked
  if (isAlone && answer !== 'still-searching' && row.householdSize > 1)
    return keepForOthers(deps, asked, answer, answeredBy)
  const { confirmedAt } = await contactOf(tx, row)
  await recordEvent(tx, context, row, { type: 'details', action: `answered-${answer}` })
  if (answer === 'still-searching') await deps.searches.confirm(tx, context, row, context.now)
  else await deps.searches.close(tx, context, row, closingReasons[answer])
  const before = beforeOf(asking, { attemptId: null, confirmedAt: confirmedAt?.toISOString() ?? null })
  return patchAsking(tx, asking, { status: 'answered', endedAt: context.now, answer, answeredBy, before })
}

/** One of a household has found, or gives up: their own search closes, and the others said by it that they still search. */
async function keepForOthers(
  deps: RevalidationDeps,
  { tx, context, row, asking }: Asked,
  answer: keyof typeof closingReasons,
  answeredBy: 'link' | 'desk',
): Promise<RevalidationRow> {
  const own = await deps.searches.leave(tx, context, row, closingReasons[answer])
  await recordEvent(tx, context, own, { type: 'details', action: `answered-${answer}` })
  const others = await lockCase(tx, context.actor, { id: row.id })
  await recordEvent(tx, context, others, { type: 'details', action: 'answered-still-searching' })
  await deps.searches.confirm(tx, context, others, context.now)
  const ended = { endedAt: context.now, answer: 'still-searching', answeredBy } as const
  return patchAsking(tx, asking, { status: 'answered', ...ended })
}

async function noteUnreached(asked: Asked): Promise<RevalidationRow> {
  const { tx, context, row, asking } = asked
  const { contact } = await contactOf(tx, row)
  const attempts = await attemptsOf(tx, asking)
  const attemptId = await insertAttempt(tx, context, asking, { channel: 'phone', number: attempts.length + 1 })
  await recordEvent(tx, context, row, {
    type: 'contact-attempt',
    action: 'phone',
    reason: 'no-answer',
    data: { with: 'patient', revalidation: attemptId },
  })
  await tell(asked, 'gp-search.contact-attempt')
  const before = beforeOf(asking, { attemptId, confirmedAt: null })
  return goOn(asked, contact, [...attempts, { channel: 'phone', bounced: false }], { before })
}

/** Letters were printed and posted: each is an attempt, and the next step is a week later. */
export function postLetters(deps: RevalidationDeps, actor: Actor, ids: readonly RevalidationId[]): Promise<number> {
  return act(deps, actor, async (tx, context) => {
    let posted = 0
    // In one order, so that two who print at once do not wait for each other.
    for (const id of ids.toSorted()) {
      const asked = await takeAsking({ tx, context }, id)
      // Answered or posted by somebody else meanwhile: nothing is left to do.
      if (asked.asking.status !== 'to-reach' || asked.asking.channel !== 'letter') continue
      const { contact } = await contactOf(tx, asked.row)
      const attempts = await attemptsOf(tx, asked.asking)
      await insertAttempt(tx, context, asked.asking, { channel: 'letter', number: attempts.length + 1 })
      await recordEvent(tx, context, asked.row, { type: 'details', action: 'asked-by-letter' })
      await tell(asked, 'gp-search.ask-still-searching')
      await goOn(asked, contact, [...attempts, { channel: 'letter', bounced: false }])
      posted += 1
    }
    return posted
  })
}

/** Takes the last gesture back: the attempt goes, the search opens again, the person is on the list as before. */
export function undoAnswer(
  deps: RevalidationDeps,
  actor: Actor,
  id: RevalidationId,
  version: number,
): Promise<RevalidationKept> {
  return act(deps, actor, async (tx, context) => {
    const asked = await takeAsking({ tx, context }, id, version)
    const { asking, row } = asked
    const { before, answer } = asking
    if (!before || (asking.endedAt && (await lockOpenAsking(tx, row)))) throw problem('wrong-status')
    if (before.attemptId) await deleteAttempt(tx, asking, before.attemptId)
    const { status, channel, nextAt } = before
    const ended = { endedAt: null, answer: null, answeredBy: null }
    // The asking runs again before the search's clocks are set: they tell that an answer is awaited.
    const kept = toKept(await patchAsking(tx, asking, { status, channel, nextAt: new Date(nextAt), ...ended }))
    if (answer === 'still-searching') {
      await deps.searches.confirm(tx, context, row, before.confirmedAt ? new Date(before.confirmedAt) : null)
    } else if (answer) await deps.searches.reopen(tx, context, row)
    await recordEvent(tx, context, row, { type: 'details', action: 'answer-undone' })
    await tell(asked, 'gp-search.undo-answer')
    return kept
  })
}

const waiting: readonly string[] = ['submitted', 'info_requested', 'eligible', 'on_hold', 'proposing']

/** « Toujours en recherche », said on the case: with or without somebody being asked. Gives the case's version. */
export function confirmOnCase(
  deps: RevalidationDeps,
  actor: Actor,
  id: CaseId,
  version: number,
): Promise<{ caseVersion: number }> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id, kind: 'gp-search', version })
    if (!waiting.includes(row.status)) throw problem('wrong-status')
    const asking = await lockOpenAsking(tx, row)
    await recordEvent(tx, context, row, { type: 'details', action: 'answered-still-searching' })
    const after: CaseRow = await deps.searches.confirm(tx, context, row, context.now)
    const ended = { endedAt: context.now, answer: 'still-searching', answeredBy: 'desk' } as const
    if (asking) await patchAsking(tx, asking, { status: 'answered', ...ended })
    return { caseVersion: after.version }
  })
}

const beforeOf = (
  { status, channel, nextAt }: RevalidationRow,
  rest: Pick<RevalidationBefore, 'attemptId' | 'confirmedAt'>,
): RevalidationBefore => ({ status, channel, nextAt: nextAt.toISOString(), ...rest })

const tell = ({ tx, context, row }: Asked, action: string): Promise<void> =>
  recordAudit(tx, context.actor, { action, at: context.now, caseId: row.id, patientId: row.patientId })

const toKept = ({ id, version, status }: RevalidationRow): RevalidationKept => ({ id, version, status })
