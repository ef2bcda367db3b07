import type { CaseId } from '@maillage/contracts/kit/ids'
import type { WorklistItem } from '@maillage/contracts/worklist'

/** What somebody else did to the list, not shown yet: the row came in, changed, or is no longer among the filtered. */
export type Change = 'new' | 'changed' | 'gone'
export type Changes = ReadonlyMap<CaseId, Change>

/** What of the news concerns this list: `found` are those of `asked` that the filters let through now. */
export function changesIn(
  known: readonly WorklistItem[],
  asked: readonly CaseId[],
  found: readonly WorklistItem[],
): Map<CaseId, Change> {
  const before = new Map(known.map(({ id, version }) => [id, version]))
  const now = new Map(found.map(({ id, version }) => [id, version]))
  const changes = new Map<CaseId, Change>()
  for (const id of asked) {
    const was = before.get(id)
    const is = now.get(id)
    if (was === undefined && is !== undefined) changes.set(id, 'new')
    else if (was !== undefined && is === undefined) changes.set(id, 'gone')
    else if (was !== undefined && is !== undefined && is > was) changes.set(id, 'changed')
  }
  return changes
}

/** A second look at the same case: what came in stays new when it changes again. */
export function merged(before: Changes, after: Changes): Map<CaseId, Change> {
  const all = new Map(before)
  for (const [id, change] of after) {
    if (before.get(id) === 'new' && change === 'changed') continue
    if (before.get(id) === 'new' && change === 'gone') all.delete(id)
    else all.set(id, change)
  }
  return all
}

/** « 3 dossiers mis à jour ». */
export function changesInWords(count: number): string {
  return count === 1 ? '1 dossier mis à jour' : `${count} dossiers mis à jour`
}
