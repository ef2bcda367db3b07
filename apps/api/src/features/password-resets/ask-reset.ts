import type { AskPasswordReset } from '@maillage/contracts/access/passwords'
import { CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { and, count, eq, gt, isNull } from 'drizzle-orm'
import * as z from 'zod'
import { findAccountByEmail, listMemberships } from '../../kernel/accounts/account.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import type { Db } from '../../platform/db/database.ts'
import { countAttempt } from '../../platform/session/sign-in-attempts.ts'
import { passwordResets } from '../../platform/session.table.ts'

/** Whose address it is is not known before the job: the queue files the request under no CPTS. */
const noCpts = CptsId.parse('00000000-0000-0000-0000-000000000000')
/** Beyond, an address gets no other message within the hour: nobody's mailbox is a target. */
const mostAnHour = 3
const hourMs = 3_600_000
const linkMinutes = 30

/**
 * Takes a request for a new password. Nobody is looked up here, so that a known address and an unknown one take the same
 * steps and the same time; what follows is a job's. Requests slow down by address typed and by caller, as sign-ins do.
 */
export async function askReset(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { email }: AskPasswordReset,
  address: string,
): Promise<void> {
  const typed = email.trim().toLowerCase()
  await db.global((tx) => countAttempt(tx, { email: typed, address, apart: 'reset' }, now()))
  const id = newRowId()
  await db.transaction(noCpts, async (tx) => {
    await tx.insert(passwordResets).values({ id, email: typed, askedAt: now() })
    await enqueue(tx, { cptsId: noCpts, topic: 'send-password-reset', payload: { resetId: id }, now: now() })
  })
}

const ResetJob = z.object({ resetId: z.uuid() })

/** Sends the link to whoever has this address, if anybody; a request is taken up once. */
export async function sendReset({ db, now }: Pick<Deps, 'db' | 'now'>, payload: unknown): Promise<void> {
  const { resetId } = ResetJob.parse(payload)
  const found = await db.global(async (tx) => {
    const email = await takeUp(tx, resetId, now())
    const account = email === undefined ? undefined : await findAccountByEmail(tx, email)
    return account && { account, memberships: await listMemberships(tx, account.id) }
  })
  // Who works nowhere reads nothing, and has nobody to write to them.
  const [membership] = found?.memberships ?? []
  if (!found || !membership) return
  const { id: subjectId, email } = found.account
  const cptsId = membership.cpts.id
  const link = { purpose: 'password-reset', subjectId, days: linkMinutes / (24 * 60) } as const
  await db.transaction(cptsId, (tx) =>
    sendNotice(tx, { actor: { cptsId }, now: now() }, { kind: 'password-reset', to: { address: { email } }, link }),
  )
}

async function takeUp(tx: Db, id: string, now: Date): Promise<string | undefined> {
  const waiting = and(eq(passwordResets.id, id), isNull(passwordResets.takenAt))
  const [taken] = await tx
    .update(passwordResets)
    .set({ takenAt: now })
    .where(waiting)
    .returning({ email: passwordResets.email })
  if (!taken) return undefined
  const lately = and(
    eq(passwordResets.email, taken.email),
    gt(passwordResets.takenAt, new Date(now.getTime() - hourMs)),
  )
  const [sent] = await tx.select({ count: count() }).from(passwordResets).where(lately)
  return (sent?.count ?? 0) > mostAnHour ? undefined : taken.email
}
