import { Me } from '@maillage/contracts/accounts'
import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistItem } from '@maillage/contracts/worklist'
import { expect, type Page } from '@playwright/test'
import type { Caller } from '../support/api.ts'
import { type InventedPatient, newFamily, parisClock } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import {
  choose,
  dialog,
  expectAnonymous,
  fillPatient,
  openCase,
  openProposal,
  propose,
  sheet,
} from '../support/screens.ts'

const patient: InventedPatient = {
  birthName: newFamily('Vermorelle'),
  firstName: 'Solange',
  birthDate: '1941-03-14',
  sex: 'F',
  phone: '06 39 98 41 27',
  street: '12 impasse des Myosotis',
  commune: 'Lunel',
}
const name = `${patient.firstName} ${patient.birthName}`
const needs = ['Infirmière à domicile', 'Kinésithérapie', 'Pharmacie', 'Visite du médecin'] as const

test('une sortie d’hôpital est demandée, reçue, proposée besoin par besoin, et le service voit qui viendra', async ({
  as,
  api,
}) => {
  const ward = await as('hopital')
  const reference = await test.step('le service demande une sortie avec quatre besoins', () => askDischarge(ward))

  const desk = await as('coordination')
  await test.step('la coordination la trouve à sa place parmi les autres dossiers de la file', async () => {
    await expectInQueue(desk, await api('coordination'), reference)
  })
  await test.step('elle accuse réception et commence', async () => {
    await openCase(desk, reference)
    await desk.getByRole('button', { name: 'Accuser réception' }).click()
    await desk.getByRole('button', { name: 'Commencer la coordination' }).click()
    await expect(sheet(desk, 'Besoins')).toContainText('0 besoin couvert sur 4')
  })

  const nurseName = await nameOf(await api('infirmiere'))
  const doctorName = await nameOf(await api('medecin'))
  await test.step('elle voit qui peut venir, dans quel ordre, à quelle distance et pourquoi', async () => {
    await desk.getByRole('button', { name: /^Infirmière à domicile/ }).click()
    const candidates = sheet(desk, /^Qui peut venir : Infirmière/)
    const first = candidates
      .getByRole('listitem')
      .filter({ has: desk.getByRole('radio') })
      .first()
    await expect(first).toContainText(/sur place|\d\skm/)
    await expect(first.getByRole('radio')).toHaveAccessibleDescription(/\S/)
    await propose(desk, /^Qui peut venir/, nurseName)
  })

  const nurse = await as('infirmiere', phone)
  await test.step('l’infirmière lit un aperçu sans identité, et accepte avec une première visite', async () => {
    await openProposal(nurse, await api('infirmiere'), reference)
    await expect(nurse.getByRole('main')).toContainText('Femme, 85')
    await expectAnonymous(nurse, patient)
    await nurse.getByRole('group', { name: 'Votre première visite' }).getByRole('button').first().click()
    await nurse.getByRole('button', { name: 'Accepter' }).click()
    await expect(nurse.getByRole('heading', { name })).toBeVisible()
    await expect(nurse.getByRole('main')).toContainText(patient.street)
  })

  await test.step('le médecin décline en disant pourquoi, la coordination le lit', async () => {
    await openCase(desk, reference)
    await desk.getByRole('button', { name: /^Visite du médecin/ }).click()
    await propose(desk, /^Qui peut venir/, doctorName)
    const doctor = await as('medecin', phone)
    await openProposal(doctor, await api('medecin'), reference)
    await expectAnonymous(doctor, patient)
    await doctor.getByRole('button', { name: 'Décliner' }).click()
    await dialog(doctor, /^Pourquoi déclinez-vous/)
      .getByRole('button', { name: 'Trop loin' })
      .click()
    await expect(doctor.getByRole('heading', { level: 1, name: 'Propositions' })).toBeVisible()
    await openCase(desk, reference)
    await desk.getByRole('button', { name: /^Visite du médecin/ }).click()
    await expect(
      sheet(desk, /^Propositions/)
        .getByRole('listitem')
        .filter({ hasText: doctorName }),
    ).toContainText(/trop loin/i)
  })

  await test.step('un pharmacien sans compte répond au téléphone, la coordination note en son nom', async () => {
    await desk.getByRole('button', { name: /^Pharmacie/ }).click()
    const pharmacist = await firstToCall(desk)
    await propose(desk, /^Qui peut venir/, pharmacist)
    await desk.getByRole('button', { name: new RegExp(`^Noter sa réponse ?, ${pharmacist}`) }).click()
    const answer = dialog(desk, /^Noter la réponse/)
    await choose(answer, 'Réponse', 'Accepte')
    await answer.getByLabel('Qui avez-vous eu au téléphone').fill('Son préparateur')
    await answer.getByRole('button', { name: 'Noter la réponse' }).click()
    await expect(answer).toBeHidden()
    await expect(sheet(desk, 'Besoins')).toContainText('2 besoins couverts sur 4')
  })

  await test.step('le kiné est sollicité à son tour', async () => {
    await desk.getByRole('button', { name: /^Kinésithérapie/ }).click()
    await propose(desk, /^Qui peut venir/, await firstToCall(desk))
  })

  await test.step('le service voit ce qui est couvert et qui vient en premier', async () => {
    await ward.reload()
    const covered = sheet(ward, 'Besoins')
    await expect(covered).toContainText('2 besoins couverts sur 4')
    await expect(covered.getByRole('listitem').filter({ hasText: 'Infirmière' })).toContainText(nurseName)
    await expect(covered.getByRole('listitem').filter({ hasText: 'Kiné' })).toContainText('proposé')
    await expect(covered.getByRole('listitem').filter({ hasText: 'Visite du médecin' })).toContainText('cherche')
    // What others answered is the coordination's to know.
    await expect(ward.getByRole('main')).not.toContainText(/trop loin/i)
  })
})

async function askDischarge(ward: Page): Promise<string> {
  await ward.getByRole('link', { name: 'Nouvelle sortie' }).click()
  await fillPatient(ward, patient)
  await ward.getByLabel('Adresse', { exact: true }).fill(patient.street)
  await ward.getByRole('button', { name: /^Continuer : séjour/ }).click()
  await ward.getByLabel('Sortie prévue').fill(parisClock(72))
  await choose(ward, 'Vit seul à domicile', 'Oui')
  await choose(ward, 'A un médecin traitant', 'Oui')
  await ward.getByLabel('Heures').fill('8:00–18:00')
  await ward.getByRole('button', { name: /^Continuer : besoins/ }).click()
  for (const need of needs) await ward.getByRole('button', { name: need, exact: true }).click()
  await ward.getByRole('button', { name: /^Continuer : vérifications/ }).click()
  for (const agreement of await ward.getByRole('checkbox').all()) await agreement.check()
  await ward.getByRole('button', { name: 'Envoyer à la coordination' }).click()
  await expect(ward).toHaveURL(/\/SH-\d{4}-\d+$/)
  await expect(sheet(ward, 'Besoins')).toContainText('0 besoin couvert sur 4')
  return ward.url().split('/').at(-1) ?? ''
}

/** Shown among the neighbours that the API gives it, of several kinds, each due no later than the next. */
async function expectInQueue(desk: Page, coordination: Caller, reference: string): Promise<void> {
  const { items } = await coordination.get('/worklist?limit=200', pageOf(WorklistItem))
  const rank = items.findIndex((item) => item.reference === reference)
  expect(rank, 'it is in the queue').toBeGreaterThanOrEqual(0)
  expect(new Set(items.map(({ kind }) => kind)).size, 'kinds in the same queue').toBe(3)
  const dues = items.flatMap(({ dueAt }) => dueAt ?? [])
  const row = desk.locator(`a[href="/dossiers/${reference}"]`)
  await desk.getByRole('link', { name: 'File', exact: true }).click()
  await desk.locator('tr[data-index]').first().hover()
  // Only the rows in view are drawn: the list is turned until this one is.
  await expect(async () => {
    await desk.mouse.wheel(0, 400)
    await expect(row).toBeVisible({ timeout: 200 })
  }).toPass({ intervals: [0], timeout: 30_000 })
  await row.scrollIntoViewIfNeeded()
  const shown = await desk
    .locator('a[href^="/dossiers/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('/').at(-1)))
  const at = shown.indexOf(reference)
  const expected = items.map((item) => item.reference).slice(rank - at, rank - at + shown.length)
  expect(shown, 'the order of the screen').toEqual(expected)
  expect(dues.length).toBeGreaterThan(0)
  await row.click()
  await expect(desk.getByRole('complementary', { name: `Dossier ${reference}` })).toContainText(name)
}

const nameOf = async (caller: Caller): Promise<string> => (await caller.get('/me', Me)).account.displayName

/** The first of those who have no account. */
async function firstToCall(desk: Page): Promise<string> {
  const row = sheet(desk, /^Qui peut venir/)
    .getByRole('listitem')
    .filter({ has: desk.getByRole('radio') })
    .filter({ hasText: 'à appeler' })
    .first()
  const label = await row.locator('label > span').first().textContent()
  return label ?? ''
}
