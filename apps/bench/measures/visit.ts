import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Slowness, signIn, slowDown, traced, type Visitor } from '../browser.ts'
import type { Program } from '../program.ts'

/** What must stand on the page, ready to be pressed, for the visit to have succeeded. */
export interface Goal {
  readonly selector: string
  readonly words: string
}

/** One address opened by one person on one device. */
export interface Visit {
  /** Of the trace, without spaces. */
  readonly name: string
  readonly person: 'coordination' | 'medecin'
  readonly device: BrowserContextOptions
  readonly address: (visitor: Visitor) => Promise<string>
  readonly goal: Goal
  readonly slowness: Slowness
  /** How many times the address is opened before it is measured: none for an empty cache. */
  readonly before: number
}

/** What one visit took, in milliseconds from the navigation. */
export interface Seen {
  first: number
  largest: number
  /** The element of the largest paint: its tag and its classes, never its words. A field's placeholder has none. */
  element: string
  usable: number
  /** What the tasks of more than 50 ms took beyond that. */
  blocked: number
  requests: number
  kilobytes: number
  /** The last answer of the API that the goal waited for. */
  answered: number
}

declare global {
  interface Window {
    visitSeen: Seen
  }
}

/** Runs in the page, before any of its own code. */
function watchVisit({ selector, words }: Goal): void {
  const seen: Seen = {
    first: 0,
    largest: 0,
    element: '',
    usable: 0,
    blocked: 0,
    requests: 0,
    kilobytes: 0,
    answered: 0,
  }
  window.visitSeen = seen
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!(entry instanceof LargestContentfulPaint)) continue
      seen.largest = entry.startTime
      const { element, size } = entry
      seen.element = element ? `${element.localName}.${element.className}` : `sans élément, ${size} px²`
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.blocked += duration - 50
  }).observe({ type: 'longtask', buffered: true })
  const pressable = (one: Element): boolean => {
    const { left, top, width, height } = one.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return !one.matches(':disabled, [aria-disabled="true"]') && hit !== null && one.contains(hit)
  }
  const look = (): void => {
    const found = [...document.querySelectorAll(selector)].find((one) => one.textContent?.includes(words))
    if (found && pressable(found)) seen.usable = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Runs in the page once the goal is reached. */
function readSeen(): Seen {
  const seen = window.visitSeen
  const files = performance
    .getEntriesByType('resource')
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .filter(({ startTime }) => startTime < seen.usable)
  const answers = files.filter(({ name, responseEnd }) => name.includes('/api/') && responseEnd < seen.usable)
  const [document] = performance.getEntriesByType('navigation')
  const bytes = [...files, ...(document instanceof PerformanceResourceTiming ? [document] : [])]
  return {
    ...seen,
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    requests: files.length,
    kilobytes: bytes.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
    answered: Math.max(0, ...answers.map(({ responseEnd }) => responseEnd)),
  }
}

/** Makes the visit several times, each in a browser of its own, and once more under a trace. */
export async function repeatVisit(browser: Browser, program: Program, visit: Visit, runs: number): Promise<Seen[]> {
  const all: Seen[] = []
  for (let run = 0; run <= runs; run += 1) {
    const visitor = await signIn(browser, program, visit.person, visit.device)
    try {
      await visitor.page.addInitScript(watchVisit, visit.goal)
      const open = await prepare(visitor, visit)
      // The last one is for the trace alone.
      if (run < runs) all.push(await open())
      else await traced(browser, visitor.page, visit.name, open)
    } finally {
      await visitor.close()
    }
  }
  return all
}

async function prepare(visitor: Visitor, { address, before, slowness }: Visit): Promise<() => Promise<Seen>> {
  const { page, cdp } = visitor
  const url = await address(visitor)
  for (let n = 0; n < before; n += 1) await open(page, url)
  await page.goto('about:blank')
  await slowDown(cdp, slowness)
  return () => open(page, url)
}

async function open(page: Page, url: string): Promise<Seen> {
  await page.goto(url, { waitUntil: 'commit', timeout: 60_000 })
  await page.waitForFunction(() => window.visitSeen?.usable > 0, undefined, { timeout: 90_000 })
  // A larger paint may still come after the goal.
  await sleep(1500)
  return await page.evaluate(readSeen)
}
