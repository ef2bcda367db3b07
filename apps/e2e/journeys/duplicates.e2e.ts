import { GpSearch } from '@maillage/contracts/gp-search'
import { Patient } from '@maillage/contracts/patients'
import { expect } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { choose, dialog, sheet } from '../support/screens.ts'

test('deux fiches d’une même personne sont comparées, réunies, puis séparées', async ({ as, api }) => {
  const desk = await api('coordination')
  const family = newFamily('Larebvre')
  const kept = await registered(desk, { birthName: family, firstName: 'Mathilde', phone: '+33639986001' })
  const other = await registered(desk, { birthName: family, firstName: 'Matilde', phone: '+33639986002' })
  const page = await as('coordination')
  await page.goto(`/patients/${kept.patient?.id}`)

  await test.step('depuis sa fiche, on cherche l’autre et on les met côte à côte', async () => {
    const part = sheet(page, /Une autre fiche/)
    await part.getByLabel('L’autre fiche').fill(`matilde ${family}`)
    await part.getByRole('button', { name: 'Chercher' }).click()
    await part.getByRole('button', { name: `Comparer Matilde ${family}` }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Comparer deux fiches' })).toBeVisible()
    await expect(sheet(page, 'Ce qui se ressemble')).toContainText('Prénom\u00A0: se prononce de même, +18')
    expect(page.url()).not.toContain(family)
    await expectAccessible(page)
  })

  await test.step('ce qui diffère se choisit au clavier ; deux recherches ouvertes, une seule continue', async () => {
    const records = sheet(page, 'Les deux fiches')
    await choose(records, 'La fiche qui reste', 'Fiche A')
    const firstName = records.getByRole('row', { name: /Prénom/ })
    await expect(firstName).toContainText('diffère')
    await firstName.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowRight')
    await expect(firstName.getByRole('radio').nth(1)).toBeChecked()
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('button', { name: /fusionner/ }).click()
    await dialog(page, 'Réunir les deux fiches').getByRole('button', { name: 'Réunir les deux fiches' }).click()
    await expect(page.getByText('Choisissez la recherche qui continue.')).toBeVisible()
    await page.getByRole('radio', { name: new RegExp(kept.reference) }).click()
    await page.getByRole('button', { name: /fusionner/ }).click()
    await dialog(page, 'Réunir les deux fiches').getByRole('button', { name: 'Réunir les deux fiches' }).click()
  })

  await test.step('la fiche gardée a tous les dossiers, et l’adresse de l’autre y mène', async () => {
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(family) })).toBeVisible()
    const files = sheet(page, 'Dossiers')
    await expect(files).toContainText(kept.reference)
    await expect(files).toContainText(other.reference)
    const address = page.url()
    await page.goto(`/patients/${other.patient?.id}`)
    await expect(page).toHaveURL(address)
    await expectAccessible(page)
  })

  await test.step('la fusion se défait, et chacune retrouve le sien', async () => {
    await page.goto('/doublons?vue=merges')
    await page
      .getByRole('listitem')
      .filter({ hasText: family })
      .getByRole('button', { name: /^Défaire/ })
      .click()
    await dialog(page, /^Défaire la fusion/)
      .getByRole('button', { name: 'Séparer les deux fiches' })
      .click()
    await expect(page.getByRole('listitem').filter({ hasText: family })).toContainText('séparées')
    await page.goto(`/patients/${other.patient?.id}`)
    await expect(sheet(page, 'Dossiers')).toContainText(other.reference)
    await expect(sheet(page, 'Dossiers')).not.toContainText(kept.reference)
    const parted = await desk.get(`/patients/${other.patient?.id}`, Patient)
    expect(parted.firstName).toBe('Matilde')
  })
})

async function registered(
  desk: Caller,
  { birthName, firstName, phone }: { birthName: string; firstName: string; phone: string },
): Promise<GpSearch> {
  const opening = {
    patient: {
      birthName,
      firstName,
      birthDate: '1944-03-12',
      sex: 'female',
      phones: [phone],
      address: { municipality: '34145' },
    },
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'La coordination' },
    channel: 'phone',
    details: {},
    confirmNotDuplicate: true,
  }
  return await desk.post('/gp-searches', opening, GpSearch)
}
