import type { Page } from '@playwright/test'

/** What the page lived through while a key was held down. */
export interface HeldKey {
  /** Milliseconds between two frames. */
  frames: number[]
  /** Tasks that kept the page busy for more than 50 ms. */
  longTasks: number[]
  /** The row in focus each time that it changed: when, which, what it said, and how many rows stood on screen. */
  steps: { at: number; row: number; text: string; visible: number }[]
  /** Each page of the list asked for: when, and how many rows. */
  pages: { at: number; limit: number }[]
}

declare global {
  interface Window {
    heldKey: HeldKey
  }
}

/** Begins to watch the list: the frames, what is in focus, the pages that are read. */
export async function watchList(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: HeldKey = { frames: [], longTasks: [], steps: [], pages: [] }
    window.heldKey = seen
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(Math.round(duration))
    }).observe({ type: 'longtask' })
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) {
        const { pathname, searchParams } = new URL(name)
        if (pathname.endsWith('/worklist')) seen.pages.push({ at: startTime, limit: Number(searchParams.get('limit')) })
      }
    }).observe({ type: 'resource', buffered: true })
    document.addEventListener('focusin', ({ target }) => {
      const row = target instanceof Element ? target.closest('tr[data-index]') : null
      if (!row) return
      const box = row.closest('[data-scroller]')?.getBoundingClientRect()
      const rows = [...document.querySelectorAll('tr[data-index]')].map((one) => one.getBoundingClientRect())
      seen.steps.push({
        at: performance.now(),
        row: Number(row.getAttribute('data-index')),
        text: row.textContent ?? '',
        visible: rows.filter(({ top, bottom }) => box && bottom > box.top && top < box.bottom).length,
      })
    })
    let last = performance.now()
    const frame = (now: number): void => {
      seen.frames.push(now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

/** Holds a key down as a keyboard does: it repeats every `everyMs`. */
export async function holdKey(page: Page, key: string, times: number, everyMs = 33): Promise<void> {
  const start = Date.now()
  for (let n = 0; n < times; n += 1) {
    await page.keyboard.down(key)
    await page.waitForTimeout(Math.max(0, start + (n + 1) * everyMs - Date.now()))
  }
  await page.keyboard.up(key)
}

/** What was seen since `watchList`. */
export const seenSoFar = (page: Page): Promise<HeldKey> => page.evaluate(() => window.heldKey)

/** The value under which `share` of the numbers lie. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}
