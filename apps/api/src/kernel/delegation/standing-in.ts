import type { OnBehalf, OnBehalfOf } from '@maillage/contracts/delegation/on-behalf'
import type { CaseId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { DelegationRight, HeldDelegation } from '@maillage/contracts/roles'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import { caseParticipants } from '../tables/case.table.ts'

const hasRight = ({ rights }: HeldDelegation, right: DelegationRight): boolean => rights.includes(right)

/** Those for whom an actor may do this: themselves, or the practitioners who gave them that right. */
export function practitionersOf(
  { role, practitionerId, delegations = [] }: Pick<Actor, 'role' | 'practitionerId' | 'delegations'>,
  right: DelegationRight,
): PractitionerId[] {
  if (role === 'secretary') return delegations.filter((one) => hasRight(one, right)).map((one) => one.practitionerId)
  return practitionerId ? [practitionerId] : []
}

const inTheNameOf = (context: Context, onBehalfOf: OnBehalfOf): Context => ({
  ...context,
  actor: { ...context.actor, onBehalfOf },
})

/**
 * The act as it goes on in a practitioner's place: a secretary needs the right from this very practitioner, a coordinator
 * writes down who rang. Whoever acts for themselves goes on as they are.
 */
export function inPlaceOf(
  context: Context,
  practitionerId: PractitionerId,
  right: DelegationRight,
  call?: OnBehalf,
): Context {
  const { actor } = context
  if (call && actor.role !== 'coordinator') throw invalidField('/onBehalf', 'not-allowed')
  if (call?.calledAt && new Date(call.calledAt) > context.now) throw invalidField('/onBehalf/calledAt', 'future')
  if (call) {
    const { spokenTo, calledAt } = call
    return inTheNameOf(context, { practitionerId, spokenTo, ...(calledAt ? { calledAt } : {}) })
  }
  if (actor.role !== 'secretary') return context
  if (!practitionersOf(actor, right).includes(practitionerId)) throw problem('delegation-ended')
  return inTheNameOf(context, { practitionerId })
}

/** The same for a move on a case, in the place of the practitioner who accepted it. */
export async function inPlaceOfHolder(tx: Db, context: Context, caseId: CaseId, call?: OnBehalf): Promise<Context> {
  const { actor } = context
  if (actor.role !== 'secretary' && !call) return context
  const holders = await tx
    .select({ practitionerId: caseParticipants.practitionerId })
    .from(caseParticipants)
    .where(
      and(
        eq(caseParticipants.cptsId, actor.cptsId),
        eq(caseParticipants.caseId, caseId),
        eq(caseParticipants.part, 'accepted'),
        isNull(caseParticipants.until),
      ),
    )
    .orderBy(asc(caseParticipants.since))
  const held = holders.flatMap(({ practitionerId }) => (practitionerId ? [practitionerId] : []))
  const own = practitionersOf(actor, 'follow-patients')
  const holder = actor.role === 'secretary' ? held.find((id) => own.includes(id)) : held[0]
  if (holder) return inPlaceOf(context, holder, 'follow-patients', call)
  // Nobody holds it any more: whoever rang gave it back meanwhile, and there is no name to act in.
  if (call && actor.role === 'coordinator') throw problem('wrong-status', { allowed: [] })
  throw call ? invalidField('/onBehalf', 'not-allowed') : problem('not-found')
}
