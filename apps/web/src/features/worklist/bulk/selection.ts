import type { CaseId } from '@maillage/contracts/kit/ids'

/** The rows ticked, and the one from which a range is drawn. */
export interface Selection {
  readonly ids: ReadonlySet<CaseId>
  readonly anchor: CaseId | undefined
}

export const nothing: Selection = { ids: new Set(), anchor: undefined }

/** One more, or one less; a range is drawn from it next. */
export function toggled({ ids }: Selection, id: CaseId): Selection {
  const after = new Set(ids)
  if (!after.delete(id)) after.add(id)
  return { ids: after, anchor: id }
}

/** Everything from the last one ticked to this one, added to what was. Without a beginning, this one alone. */
export function upTo({ ids, anchor }: Selection, id: CaseId, order: readonly CaseId[]): Selection {
  const from = anchor === undefined ? -1 : order.indexOf(anchor)
  const to = order.indexOf(id)
  if (from < 0 || to < 0) return { ids: new Set([...ids, id]), anchor: id }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...ids, ...range]), anchor: id }
}

/** All the rows that are read, or none when they all were. */
export function allOrNothing({ ids }: Selection, order: readonly CaseId[]): Selection {
  return order.every((id) => ids.has(id)) ? nothing : { ids: new Set(order), anchor: undefined }
}

/** Without what is no longer in the list. */
export function within({ ids, anchor }: Selection, order: readonly CaseId[]): Selection {
  const known = new Set(order)
  const kept = [...ids].filter((id) => known.has(id))
  if (kept.length === ids.size) return { ids, anchor }
  return { ids: new Set(kept), anchor: anchor !== undefined && known.has(anchor) ? anchor : undefined }
}
