import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

// A theme changes colours alone: the rest is judged once, which halves the time.
const colourRules = ['color-contrast', 'link-in-text-block']

/** How much was looked at, and what is wrong. */
export interface Judgement {
  readonly checks: number
  readonly faults: readonly string[]
}

/** No violation of WCAG 2.2 A and AA nor of axe's good practices in the light theme, and none of colours in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  expect((await judge(page)).faults, page.url()).toEqual([])
}

const opened = '[role="dialog"], [role="menu"]'

/** What a dialog or a menu adds to a page that was judged already; the whole page where the state is not one. */
export async function judgeState(page: Page): Promise<Judgement> {
  return await judge(page, (await page.locator(opened).count()) > 0 ? opened : undefined)
}

/** Every rule of axe in the light theme, those of colours in the dark one too. */
export async function judge(page: Page, within?: string): Promise<Judgement> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await violations(page, { within })
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, { within, rules: colourRules })
  await page.emulateMedia({ colorScheme: null })
  return {
    checks: light.checks + dark.checks,
    faults: [...light.faults.map((one) => `light: ${one}`), ...dark.faults.map((one) => `dark: ${one}`)],
  }
}

async function violations(page: Page, { within, rules }: { within?: string; rules?: string[] }): Promise<Judgement> {
  await settled(page)
  // Read once a page: half a megabyte of script takes a third of the time that judging takes.
  const isThere = await page.evaluate(() => 'axe' in window)
  // Only what is wrong is described, and no sound nor film is fetched: there is none.
  const builder = new AxeBuilder({ page, axeSource: isThere ? 'void 0' : axe.source })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], preload: false })
  if (rules) builder.withRules(rules)
  if (within) builder.include(within)
  const { violations: found, passes } = await builder.analyze()
  const faults = found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 300)} ${node.failureSummary ?? ''}`),
  )
  return { checks: found.length + passes.length, faults }
}

/** Nothing goes beyond the side of the screen, at 320 px (400 % of 1280) and at 640 (200 %). */
export async function judgeZoom(page: Page): Promise<Judgement> {
  const faults: string[] = []
  const heights = { 320: 640, 640: 400 } as const
  for (const width of [320, 640] as const) {
    await page.setViewportSize({ width, height: heights[width] })
    const wide = await page.evaluate(() =>
      [document.documentElement, document.querySelector('main')].flatMap((box) =>
        box && box.scrollWidth > box.clientWidth + 1 ? [`${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`] : [],
      ),
    )
    faults.push(...wide.map((one) => `sideways scroll at ${width} px: ${one}`))
  }
  return { checks: 2, faults }
}

/** The first controls that Tab reaches say that they hold the focus. */
export async function judgeFocus(page: Page, most = 8): Promise<Judgement> {
  const faults: string[] = []
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab')
    const unmarked = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      const drawn = [element, ...element.querySelectorAll('*'), element.closest('label') ?? element].some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
      })
      return drawn ? undefined : element.outerHTML.slice(0, 200)
    })
    if (unmarked) faults.push(`focus that cannot be seen: ${unmarked}`)
  }
  return { checks: most, faults }
}

/** Nothing moves for who asked the system for less motion. */
export async function judgeMotion(page: Page): Promise<Judgement> {
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 20)
      .map((one) => (one.effect instanceof KeyframeEffect ? (one.effect.target?.outerHTML.slice(0, 120) ?? '') : '')),
  )
  return { checks: 1, faults: moving.map((one) => `motion in spite of the system: ${one}`) }
}

/** Colours are read once nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // A change of theme is drawn in the next frame: what it sets in motion is known in the one after.
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const passing = () =>
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished)
    await drawn()
    // One that is cancelled ends at once, and another may have taken its place.
    for (let moving = passing(), left = 5; moving.length > 0 && left > 0; moving = passing(), left -= 1) {
      await Promise.allSettled(moving)
      await drawn()
    }
  })
}
