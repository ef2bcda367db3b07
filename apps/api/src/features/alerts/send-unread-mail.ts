import { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import { listUnreadCases } from '../../kernel/coordination/unread-cases.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { unreadMail } from './alerts.messages.ts'
import { addressOf } from './alerts.store.ts'

/** What the outbox carries: ids only. */
export const UnreadMailJob = z.object({
  cptsId: CptsId,
  mailId: z.uuid(),
  accountId: AccountId,
  caseIds: z.array(CaseId).min(1),
})

/**
 * Sends one alert to one reader. What was opened since is no longer counted, and nothing is sent when all was. False
 * when there was nothing to send; a server that fails throws, and the queue tries again.
 */
export async function sendUnreadMail(
  { db, mailer, publicUrl }: Pick<Deps, 'db'> & { mailer: Mailer; publicUrl: string },
  payload: unknown,
): Promise<boolean> {
  const { cptsId, mailId, accountId, caseIds } = UnreadMailJob.parse(payload)
  const { to, count } = await db.read(cptsId, async (reader) => ({
    to: await addressOf(reader, cptsId, accountId),
    count: (await listUnreadCases(reader, cptsId, caseIds)).length,
  }))
  if (!to || count === 0) return false
  // Outside any transaction: a server may take its time.
  await mailer.send({ to, ...unreadMail(count, publicUrl), messageId: `<${mailId}.${accountId}@maillage>` })
  return true
}
