import type { Locator, Page } from '@playwright/test'
import type { DemoPerson } from '../demo.ts'
import type { Found } from './found.ts'

/** Something that a place can show: a dialog, a menu, a form sent with faults. */
export interface PlaceState {
  /** In words that can name a file: « decliner », « formulaire-incomplet ». */
  readonly name: string
  /**
   * Brings the page there, and gives what opened it: Escape then closes it and the focus goes back to that control.
   * Nothing given: the state stays, and the page is loaded anew after it.
   */
  readonly open: (page: Page) => Promise<Locator | undefined>
  /** As of a place. */
  readonly guide?: Place['guide']
}

/** A screen at an address, for one person; `address` is undefined where the demo of the day holds no such case. */
export interface Place {
  readonly name: string
  readonly person: DemoPerson | 'visitor'
  readonly address: (found: Found) => string | undefined
  readonly states?: readonly PlaceState[]
  /** The menus and popovers of the page are opened too, whatever they are; false where that says nothing more. */
  readonly menus?: boolean
  /** Kept in docs/images under this name, in the light theme: the picture of a guide. */
  readonly guide?: { readonly file: string; readonly width: 360 | 1280 }
}

/** A place that is always there. */
export const at =
  (address: string): Place['address'] =>
  () =>
    address

/** Opens a dialog by its button. */
export function byButton(name: string, button: string | RegExp): PlaceState {
  return {
    name,
    open: async (page) => {
      const opener = page.getByRole('main').getByRole('button', { name: button }).first()
      await opener.click()
      await page.getByRole('dialog').waitFor()
      return opener
    },
  }
}

/** Opens what unfolds in the page itself, and stays; `shows` is read once it is open. */
export function unfolded(name: string, button: string | RegExp, shows: string): PlaceState {
  return {
    name,
    open: async (page) => {
      const main = page.getByRole('main')
      await main.getByRole('button', { name: button }).first().click()
      await main.getByLabel(shows, { exact: true }).first().waitFor()
      return undefined
    },
  }
}

/** Opens a dialog from the menu of the other acts; the menu's button takes the focus back. */
export function byMenu(name: string, menu: string | RegExp, line: string | RegExp): PlaceState {
  return {
    name,
    open: async (page) => {
      const opener = page.getByRole('main').getByRole('button', { name: menu }).first()
      await opener.click()
      await page.getByRole('menuitem', { name: line }).click()
      await page.getByRole('dialog').waitFor()
      return opener
    },
  }
}

/** Sends a form as it is: what is missing shows. */
export function sentAsIs(name: string, button: string | RegExp): PlaceState {
  return {
    name,
    open: async (page) => {
      await page.getByRole('main').getByRole('button', { name: button }).click()
      await page.locator('[aria-invalid="true"], [role="alert"]').first().waitFor()
      return undefined
    },
  }
}

/** Opens what a key opens; the focus was on the title. */
export function byKey(name: string, key: string, typed?: string): PlaceState {
  return {
    name,
    open: async (page) => {
      const opener = page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link').first()
      await opener.focus()
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      if (typed) await page.keyboard.type(typed)
      return opener
    },
  }
}
