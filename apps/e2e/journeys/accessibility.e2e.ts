import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type Judgement, judge, judgeFocus, judgeMotion, judgeState, judgeZoom } from '../support/accessibility.ts'
import { test } from '../support/journey.ts'
import { type Found, findPlaces } from '../support/places/found.ts'
import type { Place } from '../support/places/place.ts'
import { places } from '../support/places/places.ts'
import { goThrough, type Tour, widths } from '../support/places/tour.ts'
import { root } from '../support/program.ts'

// The fault and where it stands are in the message: there is no journey to trace.
test.use({ trace: 'off', screenshot: 'off' })

/** While a screen is written: the places whose name matches, instead of all. */
const asked = new RegExp(process.env.MAILLAGE_E2E_PLACES ?? '.')

const people: readonly (readonly [Place['person'], string])[] = [
  ['coordination', 'la coordination'],
  ['medecin', 'un médecin'],
  ['secretariat', 'un secrétariat'],
  ['ccas', 'un CCAS'],
  ['hopital', 'un service hospitalier'],
  ['admin', 'l’administration'],
  ['visitor', 'qui n’est pas connecté'],
]

/**
 * What some states are there to show: a code or a proof that is asked, a link that opens nothing, a page of a form sent
 * back with what is missing.
 */
const refusedOnPurpose = [
  [401, /^\/api\/v1\/sessions$/],
  [401, /^\/api\/v1\/sessions\/refresh$/],
  [403, /^\/api\/v1\/me\/recovery-codes$/],
  [404, /\/delegation-invitations\/reading$/],
  [422, /^\/(demande|suivi)\//],
] as const

/** Looks at each view; what is wrong does not stop the tour, so that one run tells all of it. */
function inspection(): { tour: Tour; total: { views: number; checks: number } } {
  const total = { views: 0, checks: 0 }
  const count = (where: string, { checks, faults }: Judgement): void => {
    total.checks += checks
    expect.soft(faults, where).toEqual([])
  }
  const tour: Tour = {
    look: async (page, { name, width, isScreen }) => {
      const where = `${name}, ${width}`
      total.views += 1
      count(where, isScreen ? await judge(page) : await judgeState(page))
      count(where, await judgeMotion(page))
      if (!isScreen) return
      if (width === 'wide') count(where, await judgeFocus(page))
      if (width === 'narrow') count(where, await judgeZoom(page))
      await page.setViewportSize(widths[width])
    },
    unopened: ({ name, width }, why) => expect.soft(String(why), `${name}, ${width}, does not open`).toBe(''),
    closed: async (_page, { name, width }, opener) => {
      const back = await expect(opener)
        .toBeFocused({ timeout: 5_000 })
        .then(
          () => [],
          () => ['Escape does not give the focus back to what opened it'],
        )
      count(`${name}, ${width}`, { checks: 1, faults: back })
    },
  }
  return { tour, total }
}

async function inspect(page: Page, mine: Iterable<Place>, found: Found): Promise<void> {
  const began = performance.now()
  const { tour, total } = inspection()
  const missing = await goThrough(page, mine, found, tour)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  process.stdout.write(`    ${total.checks} contrôles sur ${total.views} vues en ${seconds} s\n`)
  expect(missing, 'places that the demo does not hold').toEqual([])
}

for (const [person, who] of people) {
  test(`les écrans et leurs états pour ${who} sont accessibles, clairs et sombres, larges et étroits`, async ({
    as,
    api,
    visitor,
    expectRefusal,
  }) => {
    test.setTimeout(600_000)
    const mine = places.filter((place) => place.person === person && asked.test(place.name))
    const found = await findPlaces(api)
    // Side by side, each in a browser of its own: judging a view keeps one core busy, and there are two. Whichever is free
    // takes the next place.
    const next = mine.values()
    const looked = [0, 1].map(async () => {
      const page = person === 'visitor' ? await visitor() : await as(person)
      for (const [status, address] of refusedOnPurpose) expectRefusal(page, status, address)
      await inspect(page, next, found)
    })
    await Promise.all(looked)
  })
}

test('chaque adresse de l’application est visitée', async ({ api }) => {
  const source = readFileSync(path.join(root, 'apps/web/src/platform/paths.ts'), 'utf8')
  const withoutTail = (address: string): string => address.split(/[?#]/)[0] ?? ''
  const written = [...source.matchAll(/(?:: |=> )['`](\/[^'`]+)['`]/g)].map(([, address = '']) => withoutTail(address))
  expect(written.length).toBeGreaterThan(10)
  const found = await findPlaces(api)
  const visited = places.map((place) => withoutTail(place.address(found) ?? ''))
  // The catalogue is not delivered: its own test looks at it.
  const elsewhere = /^\/catalogue$/
  const unseen = written.filter((address) => {
    const pattern = new RegExp(`^${address.replace(/\$\{[^}]*\}+/g, '[^/]+')}(/[^/]+)?$`)
    return !elsewhere.test(address) && !visited.some((one) => pattern.test(one))
  })
  expect(unseen).toEqual([])
})
