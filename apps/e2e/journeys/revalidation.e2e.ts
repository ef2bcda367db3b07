import { GpSearch } from '@maillage/contracts/gp-search'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { linkSentTo } from '../support/mailbox.ts'
import { dialog, sheet } from '../support/screens.ts'

const link = /\/suivi\/toujours\/[\w-]{64}/

test('une part de la liste est revalidée : par le lien d’un e-mail, par téléphone, depuis le dossier', async ({
  as,
  api,
  visitor,
}) => {
  const desk = await api('coordination')
  const family = newFamily('Revalide')
  const email = `${family.toLowerCase()}@essai.example`
  const written = await waiting(desk, { birthName: family, firstName: 'Inès', email, phones: [] })
  const called = await waiting(desk, { birthName: family, firstName: 'Odile 🌼', phones: ['+33499000011'] })
  const page = await as('coordination')

  await test.step('la campagne dit combien elle interroge, puis part', async () => {
    await page.goto('/accueil')
    await page.getByRole('link', { name: 'Revalidation', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Revalidation de la liste')
    await page.getByText('Campagnes', { exact: true }).click()
    await page.getByRole('button', { name: 'Lancer une campagne' }).click()
    const form = dialog(page, 'Lancer une campagne')
    await form.getByLabel(/^Inscrites jusqu’au/).fill('02/03/2001')
    await expect(form.getByRole('status')).toContainText(/demandes.*e-mail.*à appeler/)
    await form.getByRole('button', { name: 'Lancer la campagne' }).click()
    await expect(form).toBeHidden()
    await expect(sheet(page, 'Campagnes').getByRole('listitem').first()).toContainText('inscrites jusqu’au')
    await expectAccessible(page)
  })

  await test.step('par le lien, sans JavaScript : ouvrir ne répond pas, un bouton répond', async () => {
    const phone = await visitor({ javaScriptEnabled: false })
    await phone.goto(await linkSentTo(email, link))
    await expect(phone.getByRole('main')).not.toContainText(family)
    await phone.getByRole('button', { name: 'Oui, je cherche toujours' }).click()
    await expect(phone.getByRole('heading', { level: 1 })).toContainText('vous restez sur la liste')
    await phone.goto(await linkSentTo(email, link))
    await expect(phone.getByRole('heading', { level: 1 })).toContainText('vous restez sur la liste')
    const { status } = await desk.get(`/gp-searches/${written.id}`, GpSearch)
    expect(status).toBe('eligible')
  })

  await test.step('au téléphone, une réponse se note d’un geste et se reprend', async () => {
    const row = rowOf(page, called.reference)
    await expect(async () => {
      await page.goto('/revalidation')
      await expect(row).toBeVisible({ timeout: 2000 })
    }).toPass()
    await expect(row.getByRole('link', { name: '04 99 00 00 11' })).toHaveAttribute('href', 'tel:+33499000011')
    await expectAccessible(page)
    await row.getByRole('button', { name: /^A trouvé/ }).click()
    await expect(row).toBeHidden()
    await page.getByRole('button', { name: /^Annuler/ }).click()
    await expect(row).toBeVisible()
    await row.getByRole('button', { name: /^Toujours en recherche/ }).click()
    await expect(row).toBeHidden()
    expect((await desk.get(`/gp-searches/${called.id}`, GpSearch)).status).toBe('eligible')
  })

  await test.step('les entrées et les sorties ont leur total, et se gardent sans aucun nom', async () => {
    await page.goto('/revalidation?vue=reasons')
    await expect(page.getByRole('table', { name: 'Entrées\u00A0: pourquoi' })).toContainText(' sur ')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV, sans aucun nom' }).click()
    expect((await saved).suggestedFilename()).toMatch(/^entrees-sorties-.*\.csv$/)
    await expectAccessible(page)
  })
})

const rowOf = (page: Page, reference: string) => page.getByRole('listitem').filter({ hasText: reference })

/** Somebody who waits since long, sorted. */
async function waiting(
  desk: Caller,
  person: { birthName: string; firstName: string; email?: string; phones: string[] },
): Promise<GpSearch> {
  const opening = {
    patient: { ...person, birthDate: '1951-04-12', sex: 'female', address: { municipality: '34145' } },
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'La coordination' },
    channel: 'phone',
    details: {},
    registeredAt: '2001-03-01T09:00:00.000Z',
    confirmNotDuplicate: true,
  }
  const { id, version } = await desk.post('/gp-searches', opening, GpSearch)
  return await desk.post(`/gp-searches/${id}/moves`, { action: 'qualify', version }, GpSearch)
}
