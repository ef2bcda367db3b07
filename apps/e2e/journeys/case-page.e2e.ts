import { GpSearch } from '@maillage/contracts/gp-search'
import { pageOf } from '@maillage/contracts/kit/page'
import { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { phone, test } from '../support/journey.ts'
import { dialog, keptAsDraft, openCase, sheet } from '../support/screens.ts'

/** A search of somebody alone that waits for a doctor, whose case nobody else of these journeys changes. */
async function aSearch(desk: Caller, status: GpSearch['status'], at = 0): Promise<GpSearch> {
  const { items } = await desk.get(`/gp-searches?status=${status}&limit=50`, pageOf(GpSearch))
  const found = items.filter(({ householdSize }) => householdSize === 1).at(at)
  if (!found) throw new Error(`The demo has no search ${status}`)
  return found
}

const press = async (page: Page, key: string): Promise<void> => {
  await page.locator('main h1').focus()
  await page.keyboard.press(key)
}

test('la coordination trie, note un appel et écrit une note sans quitter le clavier', async ({ as, api }) => {
  const { reference } = await aSearch(await api('coordination'), 'submitted')
  const page = await as('coordination')
  await openCase(page, reference)
  await press(page, 't')
  await dialog(page, /^Trier/)
    .getByRole('button', { name: 'Mettre dans la file' })
    .press('Enter')
  await expect(page.getByText('Demande triée')).toBeVisible()

  await press(page, 'l')
  const story = sheet(page, 'Historique')
  await story.getByRole('button', { name: 'Message laissé' }).click()
  await story.getByRole('button', { name: 'Ajouter' }).click()
  await expect(story.getByRole('listitem').filter({ hasText: 'Message laissé' }).first()).toBeVisible()

  await press(page, 'm')
  await page.keyboard.type('Rappeler après 18 h, sa fille répond.')
  await page.keyboard.press('Control+Enter')
  await expect(story.getByText('Rappeler après 18 h, sa fille répond.')).toBeVisible()
  await story.getByText('Échanges').click()
  await expect(story.getByRole('listitem').filter({ hasText: 'trié' })).toHaveCount(0)

  await press(page, 'a')
  await expect(page.getByText(/^Proposé|proposition/i).first()).toBeVisible()

  const readers = sheet(page, /^Qui a consulté ce dossier/)
  await readers.getByRole('button', { name: 'Afficher' }).click()
  await expect(readers.getByText(/A ouvert le dossier/).first()).toBeVisible()
  await readers.getByRole('link', { name: 'Tout voir, et imprimer' }).click()
  await page.getByText('Tous ceux de la personne').click()
  await expect(page.getByRole('cell', { name: 'A demandé qui l’a consulté' }).first()).toBeVisible()
})

test('une note commencée est retrouvée en revenant', async ({ as, api }) => {
  const { reference } = await aSearch(await api('coordination'), 'visit_booked')
  const page = await as('coordination')
  await openCase(page, reference)
  const note = page.getByRole('textbox', { name: 'Note interne' })
  await keptAsDraft(page, { form: 'case-notes', words: 'vérifier l’adresse' }, () =>
    note.fill('À finir : vérifier l’adresse'),
  )
  await page.reload()
  await expect(note).toHaveValue('À finir : vérifier l’adresse')
  await keptAsDraft(page, { form: 'case-notes', words: '' }, () => note.fill(''))
})

test('la demande et la fiche du patient se modifient sur place', async ({ as, api }) => {
  const { reference } = await aSearch(await api('coordination'), 'on_hold')
  const page = await as('coordination')
  await openCase(page, reference)
  await press(page, 'e')
  const need = dialog(page, /^Modifier la demande/)
  await need.getByLabel('Ce qui est dit').fill('Diabète, ne conduit plus, sa fille l’accompagne le mardi.')
  await need.getByLabel('Distance au plus (km)').fill('12')
  await need.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(need).toBeHidden()
  await expect(sheet(page, 'Le besoin')).toContainText('sa fille l’accompagne le mardi')
  await expect(sheet(page, 'Le besoin')).toContainText(/moins de 12/)

  await page.getByRole('button', { name: 'Autres actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Modifier la fiche du patient' }).click()
  const patient = dialog(page, 'Modifier la fiche du patient')
  await patient.getByLabel('Téléphone', { exact: true }).fill('06 39 98 12 34')
  await patient.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(patient).toBeHidden()
  await expect(page.getByRole('link', { name: '06 39 98 12 34' })).toBeVisible()
})

test('deux personnes modifient la même demande : aucun mot ne se perd', async ({ as, api, expectRefusal }) => {
  const desk = await api('coordination')
  const search = await aSearch(desk, 'on_hold', 1)
  const page = await as('coordination')
  await openCase(page, search.reference)
  await press(page, 'e')
  const need = dialog(page, /^Modifier la demande/)
  await need.getByLabel('Ce qui est dit').fill('Mes mots, tapés avant les siens.')
  expectRefusal(page, 409, /\/details$/)
  const { details, version } = await desk.get(`/gp-searches/${search.id}`, GpSearch)
  await desk.put(
    `/gp-searches/${search.id}/details`,
    { details: { ...details, treatmentDaysLeft: 9 }, version },
    GpSearch,
  )
  await need.getByRole('button', { name: 'Enregistrer' }).click()
  // Told live, or by the refusal: either way the words stay and his own change is there.
  const again = need.getByRole('button', { name: /^Enregistrer|^Envoyer/ })
  if (await need.isVisible()) await again.click()
  await expect(need).toBeHidden()
  const after = await desk.get(`/gp-searches/${search.id}`, GpSearch)
  expect(after.details).toMatchObject({ freeText: 'Mes mots, tapés avant les siens.', treatmentDaysLeft: 9 })
})

test('une pause, un responsable et un lien se défont en une touche', async ({ as, api }) => {
  const desk = await api('coordination')
  const search = await aSearch(desk, 'eligible', 3)
  const other = await aSearch(desk, 'matched')
  const page = await as('coordination')
  await openCase(page, search.reference)

  await page.getByRole('button', { name: 'Lier un dossier' }).click()
  const link = dialog(page, /^Lier à un autre dossier/)
  await link.getByLabel('Référence').fill(other.reference)
  await link.getByRole('button', { name: 'Lier' }).click()
  await expect(page.getByRole('link', { name: other.reference })).toBeVisible()
  await press(page, 'z')
  await expect(page.getByRole('link', { name: other.reference })).toBeHidden()

  await page.getByRole('button', { name: 'Autres actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Mettre en pause' }).click()
  const hold = dialog(page, /^Mettre en pause/)
  await hold.getByText('À sa demande').click()
  await hold.getByRole('button', { name: 'Mettre en pause' }).click()
  await expect(page.getByRole('article')).toContainText('En pause')
  await press(page, 'z')
  await expect(page.getByRole('article')).toContainText('À proposer')

  await page.getByRole('button', { name: 'Confier' }).click()
  const colleague = page.getByRole('menuitem').first()
  const name = (await colleague.textContent())?.trim() ?? ''
  await colleague.click()
  await expect(page.getByText(`Dossier confié à ${name}`, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Annuler\s+: Dossier confié/ }).click()
  await expect(page.getByText(new RegExp(`^Annulé\\s: Dossier confié à ${name}$`))).toBeVisible()
})

test('la fiche d’appel tient sur une page, même quand beaucoup a été dit', async ({ as, api }) => {
  const desk = await api('coordination')
  const { items } = await desk.get('/unscheduled-cares?status=triaged&limit=5', pageOf(UnscheduledCare))
  const care = items.at(-1)
  if (!care) throw new Error('The demo has no request to place')
  const { details, version } = await desk.get(`/unscheduled-cares/${care.id}`, UnscheduledCare)
  const long = 'Toux depuis une semaine, fièvre le soir, ne dort plus. '.repeat(36).slice(0, 2000)
  await desk.put(
    `/unscheduled-cares/${care.id}/details`,
    { details: { ...details, reason: long }, version },
    UnscheduledCare,
  )
  const page = await as('coordination')
  await openCase(page, care.reference)
  await expect(sheet(page, 'Historique').getByRole('listitem').first()).toBeVisible()
  const traced = page.waitForRequest((request) => request.url().endsWith(`/cases/${care.id}/prints`))
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  await traced
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
})

for (const [size, options] of [
  ['un bureau', { viewport: { width: 1280, height: 800 } }],
  ['un téléphone', phone],
] as const) {
  test(`un dossier et sa modification sont accessibles sur ${size}`, async ({ as, api }) => {
    const { reference } = await aSearch(await api('coordination'), 'proposing')
    const page = await as('coordination', options)
    await openCase(page, reference)
    await expect(sheet(page, 'Historique').getByRole('listitem').first()).toBeVisible()
    await expectAccessible(page)
    const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(width).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: /^Modifier(?! la priorité)/ }).click()
    await expect(dialog(page, /^Modifier la demande/)).toBeVisible()
    await expectAccessible(page)
  })
}
