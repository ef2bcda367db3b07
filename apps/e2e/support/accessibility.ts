import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

// A theme changes colours alone: the rest is judged once, which halves the time.
const colourRules = ['color-contrast', 'link-in-text-block']

/** No violation of WCAG 2.2 A and AA nor of axe's good practices in the light theme, and none of colours in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violations(page), `${page.url()}, light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(page, colourRules), `${page.url()}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: null })
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  await settled(page)
  // Only what is wrong is described, and no sound nor film is fetched: there is none.
  const judge = new AxeBuilder({ page, axeSource: axe.source })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], preload: false })
  const { violations: found } = await (rules ? judge.withRules(rules) : judge).analyze()
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 300)} ${node.failureSummary ?? ''}`),
  )
}

/** Colours are read once nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(passing.map((one) => one.finished))
  })
}
