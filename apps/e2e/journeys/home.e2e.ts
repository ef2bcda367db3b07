import { Me } from '@maillage/contracts/accounts'
import { CaseHeader } from '@maillage/contracts/cases'
import { GpSearch } from '@maillage/contracts/gp-search'
import { expect, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { dialog, openCase, sheet } from '../support/screens.ts'

const family = newFamily('Rappelle')
const name = `Noémie ${family}`

/** A search of the coordinator's own, as after a call. */
async function anOwnCase(caller: Caller): Promise<string> {
  const body = {
    patient: {
      birthName: family,
      firstName: 'Noémie',
      birthDate: '1957-03-11',
      sex: 'female',
      phones: ['+33639988841'],
      address: { municipality: '34145', postalCode: '34400' },
    },
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'Coordination' },
    channel: 'phone',
    details: {},
    submit: true,
    confirmNotDuplicate: true,
  }
  const { id, version, reference } = await caller.post('/gp-searches', body, GpSearch)
  const { account } = await caller.get('/me', Me)
  await caller.put(`/cases/${id}/owner`, { ownerId: account.id, version }, CaseHeader)
  return reference
}

const callbacks = (page: Page): Locator => sheet(page, /^Rappels d’ici ce soir/)
/** The line of a callback, behind « Voir les autres » when the evening is busy. */
async function lineOf(page: Page): Promise<Locator> {
  const more = callbacks(page).getByRole('button', { name: /^Voir/ })
  await expect(callbacks(page).getByRole('heading')).toBeVisible()
  if (await more.isVisible()) await more.click()
  return callbacks(page).getByRole('listitem').filter({ hasText: name })
}
const choose = async (page: Page, within: Locator, label: string, option: RegExp): Promise<void> => {
  await within.getByLabel(label).click()
  await page.getByRole('option', { name: option }).click()
}

test('la coordination commence sa journée à l’accueil, rappelle et confie un dossier', async ({ as, api }) => {
  const reference = await anOwnCase(await api('coordination'))
  const desk = await as('coordination')
  await test.step('l’accueil vient d’abord, et chaque chiffre ouvre la file', async () => {
    await expect(desk).toHaveURL(/\/accueil$/)
    await expect(desk.getByRole('heading', { level: 1, name: /^Bonjour/ })).toBeVisible()
    const late = desk.getByRole('link', { name: /en retard/ }).last()
    const [count = ''] = /\d+/.exec((await late.textContent()) ?? '') ?? []
    await late.click()
    await expect(desk).toHaveURL(/\/file\?echeance=retard/)
    await expect(desk.getByRole('main')).toContainText(new RegExp(`${count}.dossiers?`))
    await desk.goBack()
  })

  await test.step('un rappel dit en toutes lettres sur un dossier paraît à l’accueil', async () => {
    await openCase(desk, reference)
    await desk.getByRole('radio', { name: 'Rappel', exact: true }).check()
    await desk.getByLabel('En toutes lettres').fill('dans 5 min')
    await desk.getByLabel('Rappeler pour').fill('Prendre des nouvelles')
    await desk.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await expect(desk.getByRole('list', { name: 'Rappels à faire' })).toContainText('Prendre des nouvelles')
    await desk.goto('/accueil')
    const line = await lineOf(desk)
    await expect(line).toContainText('Prendre des nouvelles')
    await expect(line.getByRole('link', { name: /06.39.98.88.41/ })).toBeVisible()
  })

  await test.step('fait, il disparaît ; annulé, il revient ; reporté, il attend lundi', async () => {
    await (await lineOf(desk)).getByRole('button', { name: /^Fait/ }).click()
    await expect(callbacks(desk).getByText(name)).toHaveCount(0)
    await desk.getByRole('button', { name: /^Annuler.+Rappel fait/ }).click()
    await expect(await lineOf(desk)).toBeVisible()
    await (await lineOf(desk)).getByRole('button', { name: /^Reporter/ }).click()
    const form = dialog(desk, /^Reporter le rappel/)
    await form.getByLabel('En toutes lettres').fill('lundi 14 h')
    await form.getByRole('button', { name: 'Reporter' }).click()
    await expect(form).toBeHidden()
    await expect(callbacks(desk).getByText(name)).toHaveCount(0)
  })

  await test.step('la passation montre le dossier et son rappel, le confie, et l’annule', async () => {
    await desk.getByRole('link', { name: 'Passation' }).click()
    await expect(sheet(desk, /^Rappels/)).toContainText('Prendre des nouvelles')
    await desk.getByRole('checkbox', { name: 'Cocher tous les dossiers' }).uncheck()
    await desk.getByRole('checkbox', { name: `Confier ${reference}` }).check()
    await desk.getByRole('button', { name: 'Confier mes dossiers à…' }).click()
    const form = dialog(desk, /^Confier 1.dossier$/)
    await choose(desk, form, 'À qui', /Hugo Montarlier/)
    await form.getByRole('button', { name: 'Confier' }).click()
    await expect(form).toBeHidden()
    await expect(desk.getByRole('checkbox', { name: `Confier ${reference}` })).toHaveCount(0)
    await desk.getByRole('button', { name: /^Annuler.+dossier confié/ }).click()
    await expect(desk.getByRole('checkbox', { name: `Confier ${reference}` })).toBeVisible()
    await expectAccessible(desk)
  })
})

test('une absence déclarée se lit à l’accueil, puis se retire', async ({ as }) => {
  const desk = await as('coordination')
  await desk.goto('/absences')
  await choose(desk, desk.getByRole('main'), 'Qui remplace', /Hugo Montarlier/)
  await desk.getByRole('button', { name: 'Déclarer l’absence' }).click()
  const declared = sheet(desk, 'Absences déclarées')
  await expect(declared).toContainText('Hugo Montarlier')
  await expectAccessible(desk)
  await desk.goto('/accueil')
  await expect(desk.getByText(/Vous êtes en absence/)).toContainText('Hugo Montarlier vous remplace')
  await expectAccessible(desk)
  await desk.goto('/absences')
  await declared.getByRole('button', { name: /^Retirer/ }).click()
  await expect(declared).toContainText('Aucune absence déclarée')
})

test('l’accueil tient sur un téléphone', async ({ as }) => {
  const desk = await as('coordination', phone)
  await expect(callbacks(desk)).toBeVisible()
  const wide = await desk.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await expectAccessible(desk)
})
