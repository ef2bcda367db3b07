import { PractitionerActivity, WaitingPatient } from '@maillage/contracts/candidates'
import { GpSearch } from '@maillage/contracts/gp-search'
import { pageOf } from '@maillage/contracts/kit/page'
import { Practitioner } from '@maillage/contracts/practitioners'
import { expect, type Locator } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { choose, openCase, sheet } from '../support/screens.ts'

test('la coordination élargit en sachant ce qu’elle gagne, choisit un ordre et le lit avant d’envoyer', async ({
  as,
  api,
  expectRefusal,
}) => {
  const search = await openSearch(await api('coordination'))
  const desk = await as('coordination')
  await openCase(desk, search.reference)
  const panel = sheet(desk, /^Praticiens possibles/)

  await test.step('chaque critère levé dit combien de praticiens il apporte, et les apporte', async () => {
    const before = await keptIn(panel)
    const widening = panel.getByRole('button', { name: /^Élargir à|^Chercher à toute distance/ }).first()
    const adds = Number(/\+\s(\d+)/.exec((await widening.textContent()) ?? '')?.[1])
    await widening.click()
    await expect.poll(() => keptIn(panel)).toBe(before + adds)
    await expect(panel.getByRole('button', { name: /^Ne plus chercher/ })).toBeVisible()
  })

  await test.step('la carte montre les mêmes praticiens, et la liste reste complète', async () => {
    await choose(panel, 'Ce qui est montré', 'Carte')
    const map = desk.getByRole('region', { name: /^Carte des praticiens/ })
    const spot = map.getByRole('button', { name: /Dr / }).first()
    await expect(spot).toBeVisible()
    await spot.focus()
    await desk.keyboard.press('Enter')
    await expect(panel.getByRole('button', { name: /^Revenir aux/ })).toBeVisible()
    await panel.getByRole('button', { name: /^Revenir aux/ }).click()
    await expectAccessible(desk)
    await choose(panel, 'Ce qui est montré', 'Liste')
  })

  await test.step('l’un après l’autre : la phrase dit jusqu’à quand, et à qui la proposition passe ensuite', async () => {
    await choose(panel, 'Comment proposer', 'L’un après l’autre')
    const ticks = panel.getByRole('checkbox')
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await expect(panel).toContainText(/a jusqu.* pour répondre\s; au refus ou sans réponse, la proposition passe à Dr /)
    await panel.getByRole('button', { name: 'Joindre une note' }).click()
    const note = panel.getByLabel('Note jointe à l’aperçu')
    await note.fill('Voir Mélisande avant midi.')
  })

  await test.step('une note qui nomme la personne est refusée, au champ ; corrigée, la proposition part', async () => {
    const note = panel.getByLabel('Note jointe à l’aperçu')
    expectRefusal(desk, 422, /\/proposals$/)
    await panel.getByRole('button', { name: /^Proposer à 2/ }).click()
    await expect(panel).toContainText('permettrait de reconnaître la personne')
    await expect(note).toBeFocused()
    await note.fill('Plutôt le matin.')
    await panel.getByRole('button', { name: /^Proposer à 2/ }).click()
    const lines = sheet(desk, /^Propositions/).getByRole('listitem')
    await expect(lines).toHaveCount(2)
    await expect(lines.nth(0)).toContainText(/reste|plus que/)
    await expect(lines.nth(1)).toContainText('Viendra à son tour')
  })
})

test('depuis la fiche d’un médecin, trois patients lui sont proposés et l’un est repris', async ({ as, api }) => {
  const coordination = await api('coordination')
  const doctor = await aDoctorAwaited(coordination)
  const liveNow = async (): Promise<number> =>
    (await coordination.get(`/practitioners/${doctor.id}/activity`, PractitionerActivity)).live.length
  const before = await liveNow()
  const desk = await as('coordination')

  await test.step('l’annuaire mène à sa fiche', async () => {
    await desk.getByRole('link', { name: 'Annuaire' }).click()
    await expect(desk.getByRole('region', { name: 'Carte des communes' })).toBeVisible()
    await desk.getByLabel('Nom').fill(doctor.displayName.replace(/^Dr /, ''))
    await desk.getByRole('link', { name: doctor.displayName }).click()
    await expect(desk.getByRole('heading', { level: 1, name: doctor.displayName })).toBeVisible()
    await expect(desk).not.toHaveTitle(new RegExp(doctor.displayName))
    await expectAccessible(desk)
  })

  const waiting = sheet(desk, /^Patients qui attendent/)
  const status = waiting.getByRole('status')
  await test.step('trois patients, les plus prioritaires, en une fois', async () => {
    const boxes = waiting.getByRole('checkbox')
    for (const index of [0, 1, 2]) await boxes.nth(index).check()
    await waiting.getByRole('button', { name: /^Proposer 3/ }).click()
    await expect(status).toHaveText(/^3\spropositions envoyées$/)
    expect(await liveNow()).toBe(before + 3)
  })

  await test.step('l’un est repris : sa proposition est retirée, les deux autres restent', async () => {
    await waiting
      .getByRole('button', { name: /^Annuler/ })
      .first()
      .click()
    await expect(status).toHaveText(/^2\spropositions envoyées, 1\sretirée$/)
    expect(await liveNow()).toBe(before + 2)
    // The demo is shared by the journeys: the two others are taken back as well.
    for (const left of [1, 0]) {
      const again = waiting.getByRole('button', { name: /^Annuler/ })
      await again.first().click()
      await expect(again).toHaveCount(left)
    }
    await expect(status).toHaveText(/^3\sretirées$/)
  })

  await test.step('sur un téléphone, la fiche et l’annuaire tiennent dans l’écran', async () => {
    const hand = await as('coordination', phone)
    for (const address of ['/annuaire', `/annuaire/${doctor.id}`]) {
      await hand.goto(address)
      await expect(hand.getByRole('heading', { level: 1 })).toBeVisible()
      const beyond = await hand.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(beyond).toBeLessThanOrEqual(0)
    }
  })
})

/** « 5 retenus sur 23 »: how many are kept now. */
async function keptIn(panel: Locator): Promise<number> {
  const words = await panel.getByText(/retenus? sur/).textContent()
  return Number(/^\s*(\d+)/.exec(words ?? '')?.[1])
}

/** A search so near that most doctors are too far, ready to be proposed. */
async function openSearch(coordination: Caller): Promise<GpSearch> {
  const opening = {
    patient: {
      birthName: newFamily('Cantegril'),
      firstName: 'Mélisande',
      birthDate: '1988-05-17',
      sex: 'female',
      phones: ['+33639981177'],
      address: { municipality: '34145' },
    },
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'La coordination' },
    channel: 'phone',
    details: { preferences: { maxDistanceKm: 2 } },
    confirmNotDuplicate: true,
  }
  const { id, version } = await coordination.post('/gp-searches', opening, GpSearch)
  return await coordination.post(`/gp-searches/${id}/moves`, { action: 'qualify', version }, GpSearch)
}

/** Somebody with three places at least that are not asked for yet, and three people who wait for them. */
async function aDoctorAwaited(coordination: Caller): Promise<Practitioner> {
  const path = '/practitioners?profession=physician&acceptsNewPatients=true&limit=50'
  const { items } = await coordination.get(path, pageOf(Practitioner))
  for (const doctor of items) {
    const { placesAsked } = await coordination.get(`/practitioners/${doctor.id}/activity`, PractitionerActivity)
    const people = await coordination.get(`/practitioners/${doctor.id}/waiting-patients`, pageOf(WaitingPatient))
    const alone = people.items.slice(0, 3).every(({ householdSize }) => householdSize === 1)
    const free = (doctor.capacity?.remaining ?? 0) - placesAsked
    if (free >= 3 && people.items.length >= 3 && alone) return doctor
  }
  throw new Error('Nobody in the demo has three places and three people waiting')
}
