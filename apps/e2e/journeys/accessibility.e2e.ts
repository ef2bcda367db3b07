import { caseKinds } from '@maillage/contracts/cases'
import { pageOf } from '@maillage/contracts/kit/page'
import { OwnProposal } from '@maillage/contracts/proposals'
import { WorklistItem } from '@maillage/contracts/worklist'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import type { DemoPerson } from '../support/demo.ts'
import { test } from '../support/journey.ts'

// The fault and where it stands are in the message: there is no journey to trace.
test.use({ trace: 'off' })

const wide = { width: 1280, height: 800 }
const narrow = { width: 360, height: 740 }

/** What each role may open beyond the places of its navigation: pages of one case, forms, what exists for nobody. */
const beyond: Readonly<Partial<Record<DemoPerson, (caller: Caller) => Promise<string[]>>>> = {
  coordination: async (caller) => {
    const { items } = await caller.get('/worklist?limit=200', pageOf(WorklistItem))
    const references = caseKinds.flatMap((kind) => items.find((item) => item.kind === kind)?.reference ?? [])
    expect(references).toHaveLength(3)
    return [
      ...references.map((reference) => `/dossiers/${reference}`),
      `/file?dossier=${references[0]}`,
      '/nouvelle-demande/gp-search',
      '/nouvelle-demande/unscheduled-care',
      '/adresse-inconnue',
    ]
  },
  medecin: async (caller) => [...(await proposalsOf(caller)), '/nouvelle-demande/gp-search', '/choisir-un-role'],
  ccas: async () => ['/mes-demandes?terminees=oui', '/nouvelle-demande/unscheduled-care'],
  hopital: async () => {
    const steps = ['patient', 'sejour', 'besoins', 'verifications'].map((step) => `nouvelle?etape=${step}`)
    return [...steps, '?faites=oui'].map((rest) => `/sorties-du-service/${rest}`.replace('/?', '?'))
  },
  admin: async () => [],
}

async function proposalsOf(caller: Caller): Promise<string[]> {
  const { items } = await caller.get('/proposals?status=pending&status=accepted&limit=200', pageOf(OwnProposal))
  const one = (status: string): string[] =>
    items
      .filter((item) => item.status === status)
      .slice(0, 1)
      .map(({ id }) => id)
  return [...one('pending'), ...one('accepted')].map((id) => `/propositions/${id}`)
}

const titles: readonly (readonly [DemoPerson, string])[] = [
  ['coordination', 'la coordination'],
  ['medecin', 'un médecin'],
  ['ccas', 'un CCAS'],
  ['hopital', 'un service hospitalier'],
  ['admin', 'l’administration'],
]

for (const [person, who] of titles) {
  test(`les écrans pour ${who} sont accessibles, clairs et sombres, larges et étroits`, async ({ as, api }) => {
    const page = await as(person)
    const places = await page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link').all()
    const addresses = await Promise.all(places.map((place) => place.getAttribute('href')))
    const found = (await beyond[person]?.(await api(person))) ?? []
    if (person === 'hopital') found.push(await firstDischarge(page))
    for (const address of new Set([...addresses.flatMap((one) => one ?? []), ...found])) {
      await test.step(address, () => visit(page, address))
    }
  })
}

test('la page de connexion est accessible, claire et sombre, large et étroite', async ({ visitor }) => {
  const page = await visitor()
  await visit(page, '/connexion')
})

async function firstDischarge(page: Page): Promise<string> {
  const link = page.getByRole('rowheader').getByRole('link').first()
  return (await link.getAttribute('href')) ?? ''
}

async function visit(page: Page, address: string): Promise<void> {
  await page.setViewportSize(wide)
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Chargement en cours')).toHaveCount(0)
  await expectAccessible(page)
  await page.setViewportSize(narrow)
  await expectAccessible(page)
}
