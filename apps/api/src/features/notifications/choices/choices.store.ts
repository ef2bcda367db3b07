import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import { and, eq } from 'drizzle-orm'
import { accounts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { noticeChoices } from '../notifications.table.ts'

/** What somebody chose, if they did, and where their mail goes. */
export async function findChoices(
  db: Db,
  cptsId: CptsId,
  accountId: AccountId,
): Promise<{ email: string; kept: typeof noticeChoices.$inferSelect | null } | undefined> {
  const [found] = await db
    .select({ email: accounts.email, kept: noticeChoices })
    .from(accounts)
    .leftJoin(noticeChoices, and(eq(noticeChoices.cptsId, cptsId), eq(noticeChoices.accountId, accounts.id)))
    .where(eq(accounts.id, accountId))
  return found
}

/** Keeps choices over the version that was seen (0: none yet); false when they changed meanwhile. */
export async function keepChoices(
  tx: Db,
  row: { cptsId: CptsId; accountId: AccountId; choices: NoticeChoices; version: number; updatedAt: Date },
): Promise<boolean> {
  const { cptsId, accountId, choices, version, updatedAt } = row
  const next = { choices, version: version + 1, updatedAt }
  const kept =
    version === 0
      ? await tx
          .insert(noticeChoices)
          .values({ cptsId, accountId, ...next })
          .onConflictDoNothing()
          .returning()
      : await tx
          .update(noticeChoices)
          .set(next)
          .where(
            and(
              eq(noticeChoices.cptsId, cptsId),
              eq(noticeChoices.accountId, accountId),
              eq(noticeChoices.version, version),
            ),
          )
          .returning()
  return kept.length > 0
}
