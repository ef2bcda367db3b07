import { expect, type Locator, type Page } from '@playwright/test'
import type { Found } from './found.ts'
import type { Place, PlaceState } from './place.ts'

export const widths = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } } as const
export type Width = keyof typeof widths

/** One thing to look at: a screen, or a state of it, at a width. */
export interface View {
  /** « file », « file-menu-colonnes »: names a picture. */
  readonly name: string
  readonly width: Width
  /** True for the screen itself, before anything is opened. */
  readonly isScreen: boolean
}

export interface Tour {
  look: (page: Page, view: View) => Promise<void>
  /** A state that would not open: the tour goes on without it. */
  unopened: (view: View, why: unknown) => void
  /** After Escape, on what had opened the state. */
  closed?: (page: Page, view: View, opener: Locator) => Promise<void>
}

/** Goes through places with one page, and shows each of their views at both widths. A place that the day lacks is told. */
export async function goThrough(page: Page, places: Iterable<Place>, found: Found, tour: Tour): Promise<string[]> {
  const missing: string[] = []
  for (const place of places) {
    const address = place.address(found)
    if (address === undefined) {
      missing.push(place.name)
      continue
    }
    await page.setViewportSize(widths.wide)
    await arrive(page, address)
    for (const width of ['wide', 'narrow'] as const) {
      await page.setViewportSize(widths[width])
      await tour.look(page, { name: place.name, width, isScreen: true })
      const menus = width === 'wide' && place.menus !== false ? await menusOf(page) : []
      for (const state of [...menus, ...(place.states ?? [])])
        await showState(page, place, state, { width, address, tour })
    }
  }
  return missing
}

/** Loads an address and waits until the screen says what it is and what it holds. */
export async function arrive(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // A case is asked for once its place is drawn: before that, nothing says that something is to come.
  const isCase = address.includes('dossier') && !address.startsWith('/journal')
  if (isCase) await expect(page.getByRole('article').first()).toBeVisible()
  // Every screen that waits for an answer holds its place by the same rows, seen or not yet.
  await expect(page.locator('[data-loading]')).toHaveCount(0)
}

async function showState(
  page: Page,
  place: Place,
  state: PlaceState,
  { width, address, tour }: { width: Width; address: string; tour: Tour },
): Promise<void> {
  const view = { name: `${place.name}-${state.name}`, width, isScreen: false }
  const opened = await state.open(page).then(
    (opener) => ({ opener }),
    (why: unknown) => tour.unopened(view, why),
  )
  if (!opened) return await arrive(page, address)
  const { opener } = opened
  await tour.look(page, view)
  if (!opener) return await arrive(page, address)
  await page.keyboard.press('Escape')
  await tour.closed?.(page, view, opener)
}

/** A state for each menu or popover of the page, those that repeat on every line once. */
async function menusOf(page: Page): Promise<PlaceState[]> {
  const buttons = page.getByRole('main').locator('button[aria-haspopup="menu"], button[aria-haspopup="dialog"]')
  const states = new Map<string, PlaceState>()
  for (const [index, button] of (await buttons.all()).entries()) {
    if (!(await button.isVisible()) || (await button.isDisabled())) continue
    const words = (await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? ''
    const name = `menu-${slugOf(words.split(/[:,]/)[0] ?? '')}`
    if (!states.has(name)) states.set(name, { name, open: () => openMenu(page, buttons.nth(index)) })
  }
  return [...states.values()]
}

async function openMenu(page: Page, opener: Locator): Promise<Locator> {
  await opener.click()
  await page.locator('[role="menu"], [role="dialog"]').first().waitFor()
  return opener
}

const slugOf = (words: string): string =>
  words
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24) || 'sans-nom'
