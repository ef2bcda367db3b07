import type { ChangeSavedView, NewSavedView } from '@maillage/contracts/coordination/saved-views'
import { newId, SavedViewId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import {
  deleteSavedView,
  insertSavedView,
  lockSavedView,
  type SavedViewRow,
  updateSavedView,
  type ViewOwner,
} from './saved-view.store.ts'

type Keeper = Actor & ViewOwner

/** Keeps the filters of the moment under a name. */
export function addSavedView(deps: Deps, keeper: Keeper, given: NewSavedView): Promise<SavedViewRow> {
  return act(deps, keeper, async (tx, { now }) => {
    const row = await insertSavedView(tx, keeper, { ...given, id: newId(SavedViewId) }, now)
    if (!row) throw problem('already-exists')
    await recordAudit(tx, keeper, { action: `saved-view.add ${row.id}`, at: now })
    return row
  })
}

/** Renames a view, shares it or not, or gives it other filters. */
export function changeSavedView(
  deps: Deps,
  keeper: Keeper,
  id: SavedViewId,
  { version, ...given }: ChangeSavedView,
): Promise<SavedViewRow> {
  return act(deps, keeper, async (tx, { now }) => {
    const before = await lockOwn(tx, keeper, id)
    if (before.version !== version) throw problem('version-stale')
    const row = await updateSavedView(tx, before, given, now)
    if (!row) throw problem('already-exists')
    await recordAudit(tx, keeper, { action: `saved-view.change ${id}`, at: now })
    return row
  })
}

/** Drops one's own view. */
export function dropSavedView(deps: Deps, keeper: Keeper, id: SavedViewId): Promise<void> {
  return act(deps, keeper, async (tx, { now }) => {
    await deleteSavedView(tx, await lockOwn(tx, keeper, id))
    await recordAudit(tx, keeper, { action: `saved-view.drop ${id}`, at: now })
  })
}

/** A colleague's view that is not shared is not there; one that is shared is theirs to change. */
async function lockOwn(tx: Db, keeper: Keeper, id: SavedViewId): Promise<SavedViewRow> {
  const row = await lockSavedView(tx, keeper, id)
  if (!row) throw problem('not-found')
  if (row.accountId !== keeper.accountId) throw problem('role-may-not')
  return row
}
