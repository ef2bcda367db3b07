import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'

const families = [newFamily('Brunelac'), newFamily('Castagnou'), newFamily('Dourgnac')]
const list = (lines: readonly string[]) => ({
  name: 'liste d’attente.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Nom;Prénom;DDN;Commune;CP;Inscrit le;Truc', ...lines].join('\r\n')),
})
const whole = list([
  `${families[0]};Aline;12/03/1944;Lunel;34400;03/02/2026;ascenseur en panne`,
  `${families[1]};Basile;01/07/1958;Lunel;34400;04/02/2026;`,
  `${families[2]};Céline;1967;Lunel;34400;05/02/2026;`,
])

test('une liste d’attente est reprise, ses lignes refusées corrigées, puis la reprise annulée', async ({ as }) => {
  const desk = await as('coordination')
  const dialog = desk.getByRole('dialog')
  await test.step('le fichier donné montre ses colonnes, et rien n’est écrit', async () => {
    await desk.goto('/reprises')
    await desk.locator('input[type=file]').setInputFiles(whole)
    await expect(desk.getByLabel('Sens de la colonne « DDN »')).toHaveValue('birthDate')
    await expect(desk.getByRole('region', { name: /^Aperçu/ })).toContainText('2 demandes à ouvrir')
    await expect(desk.getByRole('region', { name: /^Aperçu/ })).toContainText('Année seule')
  })

  await test.step('une colonne se corrige, et l’aperçu suit', async () => {
    await desk.getByLabel('Sens de la colonne « DDN »').selectOption('')
    await expect(desk.getByRole('alert')).toContainText('Dites quelle colonne donne la date de naissance.')
    await expect(desk.getByRole('button', { name: /^Reprendre/ })).toBeHidden()
    await desk.getByLabel('Sens de la colonne « DDN »').selectOption('birthDate')
    await desk.getByLabel('Sens de la colonne « Truc »').selectOption('freeText')
    await expect(desk.getByRole('region', { name: /^Aperçu/ })).toContainText('2 demandes à ouvrir')
  })

  await test.step('la reprise dit ce qu’est devenue chaque ligne', async () => {
    await desk.getByRole('button', { name: /^Reprendre 3/ }).click()
    await expect(desk.getByRole('heading', { name: 'Reprise terminée' })).toBeVisible({ timeout: 30_000 })
    await expect(desk.getByRole('region', { name: 'Reprise terminée' })).toContainText('2 demandes')
    await expect(desk.getByRole('region', { name: 'Lignes refusées' })).toContainText('Ligne 4')
  })

  await test.step('les lignes refusées se téléchargent, se corrigent et se redonnent', async () => {
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('button', { name: 'Télécharger pour les corriger' }).click(),
    ])
    const file = readFileSync(await download.path(), 'utf8')
    expect(file).toContain('Motif du refus')
    expect(file).not.toContain(families[0])
    const corrected = Buffer.from(file.replace(';1967;', ';05/06/1967;'))
    await desk.locator('input[type=file]').setInputFiles({ ...whole, buffer: corrected })
    await desk.getByRole('button', { name: /^Reprendre 1/ }).click()
    await expect(desk.getByRole('region', { name: 'Reprise terminée' })).toContainText('1 demande', { timeout: 30_000 })
  })

  await test.step('la première reprise s’annule, sans ce que quelqu’un a déjà travaillé', async () => {
    await desk.goto('/file?kind=gp-search')
    await desk.getByRole('searchbox').fill(families[0] ?? '')
    await expect(desk.getByRole('row').filter({ hasText: families[0] })).toBeVisible()
    await desk.goto('/reprises')
    await desk.getByRole('listitem').filter({ hasText: '2 demandes ouvertes' }).first().getByRole('link').click()
    await desk.getByRole('button', { name: 'Annuler la reprise' }).click()
    await dialog.getByRole('button', { name: 'Annuler la reprise' }).click()
    await expect(desk.getByRole('heading', { name: 'Reprise annulée' })).toBeVisible({ timeout: 30_000 })
    await expect(desk.getByText('2 demandes retirées.')).toBeVisible()
  })
})
