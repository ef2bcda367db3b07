import type { NewSavedView } from '@maillage/contracts/coordination/saved-views'
import type { AccountId, CptsId, SavedViewId } from '@maillage/contracts/kit/ids'
import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { isUniqueViolation } from '../../platform/db/connect.ts'
import type { Db } from '../../platform/db/database.ts'
import { savedViews } from './saved-view.table.ts'

export type SavedViewRow = typeof savedViews.$inferSelect

/** Whose views they are. */
export interface ViewOwner {
  readonly cptsId: CptsId
  readonly accountId: AccountId
}

/** Far more than anybody keeps; a list has an end. */
const most = 200

const mine = ({ accountId }: ViewOwner): SQL => eq(savedViews.accountId, accountId)
const readable = (owner: ViewOwner): SQL | undefined =>
  and(eq(savedViews.cptsId, owner.cptsId), or(mine(owner), eq(savedViews.isShared, true)))
const itself = ({ cptsId, id }: Pick<SavedViewRow, 'cptsId' | 'id'>): SQL | undefined =>
  and(eq(savedViews.cptsId, cptsId), eq(savedViews.id, id))

/** The views that one may read: one's own first, then those that colleagues share, by name. */
export async function listSavedViews(db: Db, owner: ViewOwner): Promise<{ view: SavedViewRow; ownerName: string }[]> {
  return await db
    .select({ view: savedViews, ownerName: accounts.displayName })
    .from(savedViews)
    .innerJoin(accounts, eq(accounts.id, savedViews.accountId))
    .where(readable(owner))
    .orderBy(desc(sql`${mine(owner)}`), asc(savedViews.name), asc(savedViews.id))
    .limit(most)
}

/** A view that one may read, locked until the transaction ends. */
export async function lockSavedView(tx: Db, owner: ViewOwner, id: SavedViewId): Promise<SavedViewRow | undefined> {
  const [row] = await tx
    .select()
    .from(savedViews)
    .where(and(readable(owner), eq(savedViews.id, id)))
    .for('update')
  return row
}

/** Keeps a new view; undefined when its owner has one of that name. */
export async function insertSavedView(
  tx: Db,
  owner: ViewOwner,
  { id, name, query, shared }: NewSavedView & { id: SavedViewId },
  now: Date,
): Promise<SavedViewRow | undefined> {
  const { cptsId, accountId } = owner
  const [row] = await tx
    .insert(savedViews)
    .values({ cptsId, id, accountId, name, query, isShared: shared, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [savedViews.cptsId, savedViews.accountId, savedViews.name] })
    .returning()
  return row
}

/** Writes what was changed of a view that is locked; undefined when its owner has another of that name. */
export async function updateSavedView(
  tx: Db,
  before: SavedViewRow,
  { name, query, shared }: NewSavedView,
  now: Date,
): Promise<SavedViewRow | undefined> {
  try {
    const [row] = await tx
      .update(savedViews)
      .set({ name, query, isShared: shared, version: before.version + 1, updatedAt: now })
      .where(itself(before))
      .returning()
    return row
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

/** Drops a view. */
export async function deleteSavedView(tx: Db, view: SavedViewRow): Promise<void> {
  await tx.delete(savedViews).where(itself(view))
}
