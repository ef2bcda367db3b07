import { GpSearch } from '@maillage/contracts/gp-search'
import { expect } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { choose, dialog, openCase, sheet } from '../support/screens.ts'

test('un foyer de trois : une seule recherche, une personne s’ajoute, une autre part de son côté', async ({
  as,
  api,
}) => {
  const coordination = await api('coordination')
  const family = newFamily('Verlanche')
  const search = await aHousehold(coordination, family)
  const page = await as('coordination')
  await openCase(page, search.reference)
  const panel = sheet(page, 'Foyer')

  await test.step('le dossier dit qui cherche, et combien de places il faut', async () => {
    await expect(panel).toContainText('3\u00A0personnes, 3\u00A0places')
    await expect(panel.getByRole('listitem')).toHaveCount(3)
    await expectAccessible(page)
  })

  await test.step('un nouveau-né rejoint le foyer', async () => {
    await panel.getByRole('button', { name: 'Ajouter une personne' }).click()
    const form = dialog(page, 'Ajouter une personne du foyer')
    await choose(form, 'La personne est', 'Nouvelle')
    await form.getByLabel('Nom de naissance').fill(family)
    await form.getByLabel('Prénom').fill('Émo')
    await form.getByLabel('Date de naissance').fill('01/02/2026')
    await choose(form, 'Sexe', 'Inconnu')
    await form.getByRole('button', { name: 'Ajouter au foyer' }).click()
    await expect(panel.getByRole('listitem')).toHaveCount(4)
  })

  await test.step('clore demande qui est concerné', async () => {
    await page.getByRole('button', { name: /^Autres actions/ }).click()
    await page.getByRole('menuitem', { name: /^Clore/ }).click()
    const form = dialog(page, /^Clore/)
    await expect(form.getByText('Tout le foyer, 4\u00A0personnes')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('la grand-mère trouve de son côté : elle part avec son ancienneté, les autres continuent', async () => {
    await panel.getByRole('button', { name: `Séparer… Yvette ${family}` }).click()
    const form = dialog(page, /^Séparer des personnes/)
    await form.getByRole('button', { name: 'Séparer' }).click()
    await expect(panel.getByRole('listitem')).toHaveCount(3)
    await expect(panel).toContainText('3\u00A0places')
    const link = page.getByRole('article').getByRole('link', { name: /^MT-/ }).first()
    await link.click()
    await expect(page.getByRole('heading', { level: 1, name: `Yvette ${family}` })).toBeVisible()
    await expectAccessible(page)
  })
})

async function aHousehold(coordination: Caller, family: string): Promise<GpSearch> {
  const person = (firstName: string, birthDate: string) => ({
    birthName: family,
    firstName,
    birthDate,
    sex: 'female',
    phones: [],
    address: { municipality: '34145' },
  })
  const opening = {
    patient: person('Irma', '1981-02-01'),
    household: [
      { patient: person('Lilou', '2014-02-01'), details: {} },
      { patient: person('Yvette', '1945-02-01'), details: { hasLongTermCondition: true } },
    ],
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'La coordination' },
    channel: 'phone',
    details: {},
    confirmNotDuplicate: true,
  }
  const { id, version } = await coordination.post('/gp-searches', opening, GpSearch)
  return await coordination.post(`/gp-searches/${id}/moves`, { action: 'qualify', version }, GpSearch)
}
