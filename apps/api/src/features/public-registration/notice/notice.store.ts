import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { desc, eq } from 'drizzle-orm'
import { accounts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { informationNotices } from '../public-registration.table.ts'
import { defaultNotice } from './default-notice.ts'

/** A text and the name that it keeps. */
export interface CurrentNotice {
  readonly version: string
  readonly text: string
}

/** What the CPTS tells today of what it does with data: its latest text, or the product's. */
export async function currentNotice(db: Db, cptsId: CptsId): Promise<CurrentNotice> {
  const [latest] = await db
    .select({ version: informationNotices.version, text: informationNotices.text })
    .from(informationNotices)
    .where(eq(informationNotices.cptsId, cptsId))
    .orderBy(desc(informationNotices.version))
    .limit(1)
  return latest ? { version: String(latest.version), text: latest.text } : defaultNotice
}

/** Every text that the CPTS published, the latest first. */
export const listNotices = (db: Db, cptsId: CptsId) =>
  db
    .select({
      version: informationNotices.version,
      text: informationNotices.text,
      publishedAt: informationNotices.publishedAt,
      publishedBy: accounts.displayName,
    })
    .from(informationNotices)
    .innerJoin(accounts, eq(accounts.id, informationNotices.publishedBy))
    .where(eq(informationNotices.cptsId, cptsId))
    .orderBy(desc(informationNotices.version))

/** Adds a text under the next number; nothing when somebody published one at the same moment. */
export async function insertNotice(
  tx: Db,
  notice: { cptsId: CptsId; version: number; text: string; publishedAt: Date; publishedBy: AccountId },
): Promise<boolean> {
  const added = await tx
    .insert(informationNotices)
    .values(notice)
    .onConflictDoNothing()
    .returning({ version: informationNotices.version })
  return added.length > 0
}
