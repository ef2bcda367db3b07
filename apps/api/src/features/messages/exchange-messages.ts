import type { Message, MessageThread } from '@maillage/contracts/coordination/messages'
import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { getCase, lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { hasMessage, keepReading, messagesOf, readingOf } from './message.store.ts'

/** Who exchanges messages: somebody signed in, in a role that is no system's. */
function readerOf({ cptsId, accountId, role }: Actor): { cptsId: CptsId; accountId: AccountId; role: Role } {
  if (!accountId || role === 'system') throw problem('role-may-not')
  return { cptsId, accountId, role }
}

async function threadOf(tx: Db, actor: Actor, caseId: CaseId): Promise<MessageThread> {
  const reading = await readingOf(tx, actor, caseId)
  const items = await messagesOf(tx, actor, caseId, reading?.lastReadId)
  const isOther = (message: Message): boolean => (message.byRole === 'coordinator') !== (actor.role === 'coordinator')
  return {
    items,
    unread: items.filter((message) => isOther(message) && !message.isRead).length,
    readAt: reading?.readAt.toISOString() ?? null,
  }
}

/** The messages of a case; reading them leaves its trace, in the same transaction. */
export function readMessages(deps: Deps, actor: Actor, id: CaseId): Promise<MessageThread> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await getCase(tx, actor, { id })
    await recordAudit(tx, actor, {
      action: `${row.kind}.read-messages`,
      at: now,
      caseId: row.id,
      patientId: row.patientId,
    })
    return threadOf(tx, actor, row.id)
  })
}

/**
 * Writes to the other side. The version of the case stays as it is: words change no fact, and a colleague who is about
 * to act must not be stopped by them. Who writes has read.
 */
export function sendMessage(deps: Deps, actor: Actor, id: CaseId, text: string): Promise<MessageThread> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const row = await lockCase(tx, actor, { id })
    const messageId = await recordEvent(tx, context, row, { type: 'message', action: 'send', text })
    await keepReading(tx, { ...readerOf(actor), caseId: row.id, lastReadId: messageId }, now)
    await recordAudit(tx, actor, {
      action: `${row.kind}.send-message`,
      at: now,
      caseId: row.id,
      patientId: row.patientId,
    })
    await enqueue(tx, {
      cptsId: row.cptsId,
      topic: 'case-event',
      payload: { caseId: row.id, kind: row.kind, action: 'message' },
      now,
    })
    return threadOf(tx, actor, row.id)
  })
}

/** Says how far the actor has read: what came meanwhile stays unread. */
export function markRead(deps: Deps, actor: Actor, id: CaseId, upTo: string): Promise<MessageThread> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await getCase(tx, actor, { id })
    if (!(await hasMessage(tx, row, upTo))) throw invalidField('/upTo', 'unknown')
    await keepReading(tx, { ...readerOf(actor), caseId: row.id, lastReadId: upTo }, now)
    return threadOf(tx, actor, row.id)
  })
}
