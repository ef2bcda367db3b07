import type { WorklistItem } from '@maillage/contracts/worklist'

/** How many rows lie ready beyond the one looked at: a key held down reads some thirty a second. */
const ahead = 300
/** The first page fills a tall screen, to be there at once; those that follow are large. */
export const pageSizes = { first: 50, next: 200 } as const

/** Is it time to read the next page, before its rows are looked at? */
export const wantsMore = (known: number, reached: number): boolean => known - reached < ahead

/** Adds a page to the rows known. A row that moved meanwhile is not there twice: it stays where it was seen first. */
export function joined(known: readonly WorklistItem[], page: readonly WorklistItem[]): WorklistItem[] {
  if (known.length === 0) return [...page]
  const ids = new Set(known.map(({ id }) => id))
  return [...known, ...page.filter(({ id }) => !ids.has(id))]
}

/** What became of some rows: those read again take their place, those that the filters no longer let through go. */
export function patched(
  known: readonly WorklistItem[],
  asked: ReadonlySet<string>,
  found: readonly WorklistItem[],
): WorklistItem[] {
  const fresh = new Map(found.map((item) => [item.id, item]))
  return known.flatMap((item) => {
    if (!asked.has(item.id)) return [item]
    const now = fresh.get(item.id)
    return now ? [now] : []
  })
}
