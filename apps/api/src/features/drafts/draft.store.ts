import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq, gt, lte } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { drafts } from '../../platform/draft.table.ts'

export type DraftRow = typeof drafts.$inferSelect
export interface DraftOwner {
  readonly cptsId: CptsId
  readonly accountId: AccountId
}

const keptMs = 7 * 24 * 3_600_000

const ofOwner = ({ cptsId, accountId }: DraftOwner) => and(eq(drafts.cptsId, cptsId), eq(drafts.accountId, accountId))
const expiry = (now: Date): Date => new Date(now.getTime() - keptMs)

/** What was typed in a form and not sent, unless a week has passed. */
export async function findDraft(db: Db, owner: DraftOwner, form: string, now: Date): Promise<DraftRow | undefined> {
  const live = and(ofOwner(owner), eq(drafts.form, form), gt(drafts.savedAt, expiry(now)))
  const [row] = await db.select().from(drafts).where(live)
  return row
}

/** Keeps the last state of a form, and drops its owner's drafts of more than a week. */
export async function saveDraft(
  tx: Db,
  owner: DraftOwner,
  draft: { form: string; content: Record<string, unknown> },
  now: Date,
): Promise<void> {
  const { cptsId, accountId } = owner
  const saved = { content: draft.content, savedAt: now }
  await tx.delete(drafts).where(and(ofOwner(owner), lte(drafts.savedAt, expiry(now))))
  await tx
    .insert(drafts)
    .values({ cptsId, accountId, form: draft.form, ...saved })
    .onConflictDoUpdate({ target: [drafts.cptsId, drafts.accountId, drafts.form], set: saved })
}

/** Drops a draft; one that is not there is dropped already. */
export async function deleteDraft(tx: Db, owner: DraftOwner, form: string): Promise<void> {
  await tx.delete(drafts).where(and(ofOwner(owner), eq(drafts.form, form)))
}
