import { WorklistCounts } from '@maillage/contracts/worklist'
import { expect } from '@playwright/test'
import { type HeldKey, holdKey, percentile, seenSoFar, watchList } from '../support/held-key.ts'
import { test } from '../support/journey.ts'
import { addManyCases, type ManyCases } from '../support/many-cases.ts'

let many: ManyCases

// A trace would be measured with the page.
test.use({ trace: 'off' })
test.beforeAll(async () => {
  many = await addManyCases(10_000)
})
test.afterAll(async () => {
  await many.remove()
})

const figures = ({ frames, longTasks, steps, pages }: HeldKey): string =>
  [
    `${steps.length} lignes`,
    `${frames.length} images, p50 ${percentile(frames, 0.5)} ms, p95 ${percentile(frames, 0.95)} ms, p99 ${percentile(frames, 0.99)} ms, pire ${percentile(frames, 1)} ms`,
    `${longTasks.length} tâches de plus de 50 ms (${longTasks.join(', ')})`,
    `${pages.length} pages lues`,
  ].join(' ; ')

for (const key of ['j', 'ArrowDown']) {
  test(`dix mille dossiers défilent touche « ${key} » enfoncée, sans ligne sautée ni vide`, async ({ as, api }) => {
    const { open } = await (await api('coordination')).get('/worklist/counts', WorklistCounts)
    expect(open).toBeGreaterThan(10_000)
    const page = await as('coordination')
    await page.goto('/file')
    await page.locator('tr[data-index="0"] a').focus()
    await watchList(page)
    await holdKey(page, key, 300)
    await expect(page.locator('tr[data-index="300"] a')).toBeFocused()
    const seen = await seenSoFar(page)
    test.info().annotations.push({ type: 'mesure', description: figures(seen) })
    process.stdout.write(`      ${figures(seen)}\n`)

    await test.step('chaque ligne est passée sous la touche, une seule fois, et disait quelque chose', () => {
      expect(seen.steps.map(({ row }) => row)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1))
      expect(seen.steps.filter(({ text }) => !/\d\sans?/.test(text))).toEqual([])
      expect(Math.min(...seen.steps.map(({ visible }) => visible))).toBeGreaterThan(15)
    })
    await test.step('les pages ont été lues avant que la fin de la liste ne soit en vue', () => {
      expect(seen.pages.length).toBeGreaterThan(3)
      let known = 0
      for (const { at, limit } of seen.pages) {
        const row = seen.steps.findLast((step) => step.at < at)?.row ?? 0
        // A screen and more lay ahead when it was asked for.
        if (known > 0) expect(known - row).toBeGreaterThan(30)
        known += limit
      }
    })
  })
}
