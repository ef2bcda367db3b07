import type { ContactAttemptKept, NewContactAttempt } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { additionOf } from './addition.ts'
import { countFailedAttempts, isFailure } from './case-file.store.ts'

// Three attempts before giving up: the practice of the CPTS studied, not a legal rule.
const attemptsBeforeClosure = 3

/** Keeps a call, a letter or a visit and its result. The clocks are set anew: each attempt puts the next one off. */
export function recordContactAttempt(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  attempt: NewContactAttempt,
): Promise<ContactAttemptKept> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id })
    const entry = await additionOf(tx, context, before, {
      type: 'contact-attempt',
      action: attempt.channel,
      reason: attempt.result,
      text: attempt.note,
      data: { with: attempt.with },
    })
    const after = await touchCase(tx, context, before, {}, `${before.kind}.contact-attempt`)
    const failedAttempts = await countFailedAttempts(tx, before)
    const suggestsClosure = after.isOpen && isFailure(attempt.result) && failedAttempts >= attemptsBeforeClosure
    return { ...entry, caseVersion: after.version, failedAttempts, suggestsClosure }
  })
}
