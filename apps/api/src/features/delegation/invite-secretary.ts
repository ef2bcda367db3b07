import type { Delegation, InviteSecretary } from '@maillage/contracts/delegation/delegations'
import { DelegationId, newId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { revokeLinks } from '../../kernel/links/links.ts'
import { cancelNotices, sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { delegations } from '../../kernel/tables/delegation.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { lockDelegation, readDelegation, updateDelegation } from './delegation.store.ts'

/** A week to say yes: the product's choice. After it the practitioner invites again. */
const invitationDays = 7

const expiryFrom = (now: Date): Date => new Date(now.getTime() + invitationDays * 86_400_000)

/** A practitioner names a secretary: nothing is opened to anybody until the invited person says yes. */
export function inviteSecretary(deps: Deps, actor: Actor, input: InviteSecretary): Promise<Delegation> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const { practitionerId, cptsId } = actor
    if (!practitionerId) throw problem('role-may-not')
    const id = newId(DelegationId)
    const email = input.email.trim().toLowerCase()
    const [added] = await tx
      .insert(delegations)
      .values({
        cptsId,
        id,
        practitionerId,
        email,
        displayName: input.displayName,
        rights: input.rights,
        invitedBy: actor.accountId,
        invitedAt: now,
        expiresAt: expiryFrom(now),
      })
      .onConflictDoNothing()
      .returning({ id: delegations.id })
    if (!added) throw problem('already-exists')
    await sendInvitation(tx, context, id, email)
    await recordAudit(tx, actor, { action: `delegation.invite ${id}`, at: now, to: input.rights.join(' ') })
    return readDelegation(tx, actor, id, now)
  })
}

/** The invitation is sent once more, and the links sent before open nothing any more. */
export function inviteAgain(
  deps: Deps,
  actor: Actor,
  input: { id: DelegationId; version: number },
): Promise<Delegation> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const row = await lockDelegation(tx, actor, input)
    if (row.acceptedAt) throw problem('version-stale')
    await revokeLinks(tx, actor.cptsId, 'delegation-invitation', row.id, now)
    await cancelNotices(tx, context, row.id, ['delegation-invitation'])
    await updateDelegation(tx, row, { invitedAt: now, expiresAt: expiryFrom(now) })
    await sendInvitation(tx, context, row.id, row.email)
    await recordAudit(tx, actor, { action: `delegation.invite-again ${row.id}`, at: now })
    return readDelegation(tx, actor, row.id, now)
  })
}

async function sendInvitation(tx: Db, context: Context, id: DelegationId, email: string): Promise<void> {
  await sendNotice(tx, context, {
    kind: 'delegation-invitation',
    to: { address: { email } },
    link: { purpose: 'delegation-invitation', subjectId: id, days: invitationDays },
    values: { jours: invitationDays },
    about: id,
  })
}
