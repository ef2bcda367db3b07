import { Me } from '@maillage/contracts/accounts'
import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistItem } from '@maillage/contracts/worklist'
import { expect, type Page } from '@playwright/test'
import { test } from '../support/journey.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Chercher ou aller à' })
const help = (page: Page) => page.getByRole('dialog', { name: 'Raccourcis clavier' })

test('Ctrl+K trouve une personne, un dossier ou un écran, et Échap rend le focus', async ({ as, api }) => {
  const page = await as('coordination')
  await page.goto('/file')
  const { items } = await (await api('coordination')).get('/worklist?limit=1', pageOf(WorklistItem))
  const wanted = items[0]
  if (!wanted) throw new Error('The queue of the demo is empty')
  const search = page.getByRole('button', { name: 'Chercher', exact: true })

  await test.step('elle s’ouvre et se referme sans rien déplacer', async () => {
    await search.focus()
    await page.keyboard.press('Control+k')
    await expect(palette(page).getByRole('combobox')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(search).toBeFocused()
  })
  await test.step('un nom y mène au dossier, et ne paraît dans aucune adresse', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(decodeURIComponent(request.url()).toLowerCase()))
    await page.keyboard.press('Control+k')
    await page.keyboard.type(`${wanted.firstName} ${wanted.lastName}`)
    const line = palette(page).getByRole('option').filter({ hasText: wanted.reference })
    await expect(line).toContainText(wanted.municipality)
    await line.click()
    await expect(page).toHaveURL(`/dossiers/${wanted.reference}`)
    const patients = asked.filter((url) => url.includes('/patients') || url.includes('/worklist'))
    expect(patients.filter((url) => url.includes(wanted.lastName.toLowerCase()))).toEqual([])
  })
  await test.step('le dossier lu reste à portée, et un écran se trouve sans accent', async () => {
    await page.keyboard.press('Control+k')
    await expect(palette(page).getByRole('option', { name: wanted.reference })).toBeVisible()
    await page.keyboard.type('nouvelle medecin')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/nouvelle-demande/gp-search')
  })
})

test('une lettre mène partout, l’aide liste les touches, et chacun peut s’en passer', async ({ as, api }) => {
  const page = await as('ccas')
  await test.step('g puis d mène à l’annuaire', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await expect(page).toHaveURL('/annuaire')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })
  await test.step('? liste les touches ; le choix de s’en passer suit le compte', async () => {
    await page.keyboard.press('?')
    await expect(help(page).getByText('Aller à : Annuaire')).toBeVisible()
    const letters = help(page).getByRole('switch', { name: 'Raccourcis d’une lettre' })
    await letters.click()
    await expect(letters).not.toBeChecked()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(help(page)).toBeHidden()
    expect((await (await api('ccas')).get('/me', Me)).preferences.letterShortcuts).toBe(false)
  })
  await test.step('Ctrl+K marche toujours, et mène à l’aide', async () => {
    await page.keyboard.press('Control+k')
    await palette(page)
      .getByRole('option', { name: /Raccourcis clavier/ })
      .click()
    await help(page).getByRole('switch').click()
    await expect(help(page).getByRole('switch')).toBeChecked()
  })
})
