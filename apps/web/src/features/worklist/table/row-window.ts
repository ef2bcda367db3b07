/** Rows of a list to have on the page: those in sight, and some around. */
export interface RowWindow {
  first: number
  /** One past the last. */
  end: number
}

/** Rows are added and taken away by so many at once: most frames of a scroll then change nothing. */
const step = 8
const around = 8

/** Which of `count` rows of one height to have on the page, at this place of the scroll. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const seen = Math.ceil(height / rowHeight) + 2 * around + step
  const top = Math.floor(scrollTop / rowHeight) - around
  const first = Math.max(0, Math.min(top - (top % step), count - seen))
  return { first, end: Math.min(count, first + seen) }
}

/** The rows that a list opens with: those in sight alone, so that they are on screen sooner. */
export function openingWindow(height: number, rowHeight: number, count: number): RowWindow {
  return { first: 0, end: Math.min(count, Math.ceil(height / rowHeight)) }
}

/** Where to scroll so that a row is whole under the head; undefined when it is already. */
export function scrollToShow(
  row: number,
  { scrollTop, height, rowHeight, head }: { scrollTop: number; height: number; rowHeight: number; head: number },
): number | undefined {
  const top = row * rowHeight
  if (top < scrollTop) return top
  const bottom = top + rowHeight + head
  return bottom > scrollTop + height ? bottom - height : undefined
}
