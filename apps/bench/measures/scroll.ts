import type { Browser, CDPSession, Page } from 'playwright-core'
import { signIn, traced } from '../browser.ts'
import type { Program } from '../program.ts'
import { desk, firstRow } from './worklist.ts'

/** What the page lived through while the key was held down. */
export interface Scrolled {
  /** Milliseconds between two frames. */
  frames: number[]
  /** Tasks that kept the page busy for more than 50 ms. */
  longTasks: number[]
  /** Frames in which a row's height or more of the list showed nothing, and the most rows missing at once. */
  blankFrames: number
  blankRows: number
  /** The furthest row reached. */
  row: number
}

/** What the page holds in memory, its garbage collected. */
export interface Memory {
  readonly megabytes: number
  readonly nodes: number
  readonly listeners: number
}

export interface HeldDown extends Scrolled {
  /** How many times the key repeated. */
  readonly presses: number
  readonly before: Memory
  readonly after: Memory
}

declare global {
  interface Window {
    scrolled: Scrolled
  }
}

// A keyboard repeats about thirty times a second.
const repeatMs = 33

/** Runs in the page: each frame is timed, and the rows that stand in it are counted. */
function watchScroll(): void {
  const seen: Scrolled = { frames: [], longTasks: [], blankFrames: 0, blankRows: 0, row: 0 }
  window.scrolled = seen
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
  }).observe({ type: 'longtask' })
  const box = document.querySelector('[data-scroller]')
  const missing = (): number => {
    const rows = [...document.querySelectorAll('tr[data-index]')]
    const full = rows.filter((row) => row.textContent?.trim()).map((row) => row.getBoundingClientRect())
    const height = full[0]?.height ?? 32
    const { top = 0, bottom = 0 } = box?.getBoundingClientRect() ?? {}
    // The cells of the head stick, not the head.
    const head = box?.querySelector('thead th')?.getBoundingClientRect().bottom ?? top
    const covered = full.reduce(
      (sum, one) => sum + Math.max(0, Math.min(one.bottom, bottom) - Math.max(one.top, head)),
      0,
    )
    return Math.floor((bottom - head - covered) / height)
  }
  let last = performance.now()
  const frame = (now: number): void => {
    seen.frames.push(now - last)
    last = now
    const blank = missing()
    if (blank > 0) seen.blankFrames += 1
    seen.blankRows = Math.max(seen.blankRows, blank)
    const row = Number(document.activeElement?.closest('tr')?.getAttribute('data-index') ?? 0)
    seen.row = Math.max(seen.row, row)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Goes down the list with the key held for so long; then once more, shorter, under a trace that is not counted. */
export async function holdKeyDown(browser: Browser, program: Program, seconds: number): Promise<HeldDown> {
  const { page, cdp, close } = await signIn(browser, program, 'coordination', desk)
  try {
    await page.goto('/file', { waitUntil: 'commit' })
    await page.locator(firstRow.selector).focus({ timeout: 60_000 })
    await cdp.send('Performance.enable')
    const before = await memoryOf(cdp)
    await page.evaluate(watchScroll)
    const presses = await hold(page, seconds)
    const scrolled = await page.evaluate(() => window.scrolled)
    const after = await memoryOf(cdp)
    await traced(browser, page, 'file-defilement', () => hold(page, Math.min(seconds, 4)))
    return { ...scrolled, presses, before, after }
  } finally {
    await close()
  }
}

async function hold(page: Page, seconds: number): Promise<number> {
  const start = performance.now()
  let presses = 0
  while (performance.now() - start < seconds * 1000) {
    await page.keyboard.down('ArrowDown')
    presses += 1
    await page.waitForTimeout(Math.max(0, start + presses * repeatMs - performance.now()))
  }
  await page.keyboard.up('ArrowDown')
  return presses
}

/** What the page holds now, its garbage collected. */
export async function memoryOf(cdp: CDPSession): Promise<Memory> {
  // What one collection lets go of, the next one takes.
  for (let n = 0; n < 3; n += 1) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const value = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN
  return { megabytes: value('JSHeapUsedSize') / 1e6, nodes: value('Nodes'), listeners: value('JSEventListeners') }
}
