import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { type Caller, callerFor } from './api.ts'
import { type DemoPerson, demoPassword, emailOf, programUrl } from './demo.ts'
import { PageFaults } from './page-faults.ts'
import { noteStorage, watchBrowser } from './silence/watch-browser.ts'

/** A phone of today, held upright. */
export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

interface Journey {
  /** Somebody's own browser, not signed in, on the first page. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>
  /** Somebody's own browser, signed in, on the first screen of their role. */
  as: (person: DemoPerson, options?: BrowserContextOptions) => Promise<Page>
  /** The API under somebody's name. */
  api: (person: DemoPerson) => Promise<Caller>
  /** Lets a page be refused something on purpose. */
  expectRefusal: (page: Page, status: number, path: RegExp) => void
}

/** Each person has a browser of their own; what a page complains of fails the journey. */
export const test = base.extend<Journey & { faults: Map<unknown, PageFaults> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for in the first parameter.
  faults: async ({}, use) => {
    const faults = new Map<unknown, PageFaults>()
    await use(faults)
    expect(
      [...faults.values()].flatMap((one) => one.list()),
      'what the pages complained of',
    ).toEqual([])
  },
  visitor: async ({ browser, faults }, use) => {
    const opened: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...options, baseURL: programUrl() })
      opened.push(context)
      faults.set(context, new PageFaults(context))
      watchBrowser(context)
      return await context.newPage()
    })
    for (const context of opened) {
      await noteStorage(context)
      await context.close()
    }
  },
  as: async ({ visitor }, use) => {
    await use(async (person, options) => {
      const page = await visitor(options)
      const data = { email: emailOf(person), password: demoPassword }
      // The cookie of the session goes to the browser: the first page finds it.
      const answer = await page.context().request.post('/api/v1/sessions', { data })
      expect(answer.status(), `${person} signs in`).toBe(201)
      await page.goto('/')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      // A ward works with both CPTS of the demo.
      const choice = page.getByRole('button', { name: /Pays de Lunel/ })
      if (page.url().includes('/choisir-un-role')) await choice.click()
      await expect(page).not.toHaveURL(/choisir-un-role/)
      return page
    })
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for in the first parameter.
  api: async ({}, use) => {
    const callers = new Map<DemoPerson, Promise<Caller>>()
    await use((person) => {
      const caller = callers.get(person) ?? callerFor(person)
      callers.set(person, caller)
      return caller
    })
  },
  expectRefusal: async ({ faults }, use) => {
    await use((page, status, path) => faults.get(page.context())?.expect(status, path))
  },
})

/** Signs in as a person does: address, password, button. */
export async function signInByHand(page: Page, person: DemoPerson, password = demoPassword): Promise<void> {
  await page.getByLabel('Adresse e-mail').fill(emailOf(person))
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
}
