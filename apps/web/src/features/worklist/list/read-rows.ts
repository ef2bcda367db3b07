import type { WorklistItem } from '@maillage/contracts/worklist'
import type { WorklistPage } from '../worklist.api.ts'

/** Reads pages after `known`, until `wanted` rows are there or nothing is left. A row already known is not read twice. */
export async function readRows(
  readPage: (cursor: string | undefined) => Promise<WorklistPage>,
  known: readonly WorklistItem[],
  from: string | undefined,
  wanted: number,
): Promise<WorklistPage> {
  const rows = new Map(known.map((item) => [item.id, item]))
  let cursor = from
  let next: string | null
  do {
    const page = await readPage(cursor)
    for (const item of page.items) if (!rows.has(item.id)) rows.set(item.id, item)
    next = page.next
    cursor = next ?? undefined
  } while (next !== null && rows.size < wanted)
  return { items: [...rows.values()], next }
}
