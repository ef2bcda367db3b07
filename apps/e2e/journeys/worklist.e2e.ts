import { Me } from '@maillage/contracts/accounts'
import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistItem } from '@maillage/contracts/worklist'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { test } from '../support/journey.ts'
import { dialog } from '../support/screens.ts'

const rowOf = (page: Page, reference: string) =>
  page.locator('tr[data-index]').filter({ has: page.locator(`a[href="/dossiers/${reference}"]`) })
const tick = (page: Page, reference: string) => rowOf(page, reference).getByRole('checkbox').click()
const selection = (page: Page) => page.getByRole('region', { name: 'Dossiers sélectionnés' })

/** The first case of the list that this person can take: one that is not theirs already. */
async function takeable(caller: Caller): Promise<string> {
  const { account } = await caller.get('/me', Me)
  const { items } = await caller.get('/worklist?sort=queue&limit=50', pageOf(WorklistItem))
  return items.find(({ ownerId }) => ownerId !== account.id)?.reference ?? ''
}

test('les filtres, l’ordre et les colonnes sont dans l’adresse et survivent au rechargement', async ({ as }) => {
  const desk = await as('coordination')
  await desk.goto('/file')
  await expect(desk.locator('tr[data-index]').first()).toBeVisible()
  await desk.keyboard.press('f')
  await desk.getByRole('checkbox', { name: 'P2' }).click()
  await desk.keyboard.press('Escape')
  await desk.getByRole('button', { name: 'Choisir les colonnes' }).click()
  await desk.getByRole('menuitemcheckbox', { name: 'Numéro' }).click()
  await desk.getByRole('menuitemcheckbox', { name: 'Commune' }).click()
  await desk.keyboard.press('Escape')
  await expect(desk).toHaveURL(/priorite=P2/)
  await desk.reload()
  await expect(desk.getByRole('button', { name: /Retirer le filtre Priorité P2/ })).toBeVisible()
  await expect(desk.getByRole('columnheader', { name: 'Numéro' })).toBeVisible()
  await expect(desk.getByRole('columnheader', { name: 'Commune' })).toHaveCount(0)
  await test.step('ce qui est cherché n’y est jamais', async () => {
    await desk.keyboard.press('/')
    await desk.keyboard.type('Sauvaire')
    await expect(desk.locator('tr[data-index]').first()).toContainText(/Sauvaire|\S/)
    expect(desk.url()).not.toContain('Sauvaire')
    expect(await desk.title()).not.toContain('Sauvaire')
  })
})

test('une vue enregistrée et partagée est ouverte par une collègue, qui ne peut pas la changer', async ({ as }) => {
  const name = `Urgences ${Date.now() % 100_000}`
  const desk = await as('coordination')
  await desk.goto('/file?priorite=P1&tri=anciennete')
  const menu = desk.getByRole('button', { name: /^Vues/ })
  await test.step('elle est enregistrée sous un nom', async () => {
    await menu.click()
    await desk.getByRole('menuitem', { name: 'Enregistrer comme nouvelle vue…' }).click()
    const asked = dialog(desk, 'Enregistrer cette vue')
    await asked.getByLabel('Nom de la vue').fill(name)
    await asked.getByRole('checkbox', { name: /Partager/ }).click()
    await asked.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(menu).toContainText(name)
  })
  await test.step('changée, elle le dit', async () => {
    await desk.getByRole('button', { name: /Retirer le filtre Priorité/ }).click()
    await expect(menu).toContainText('modifiée')
  })
  await test.step('une collègue l’ouvre', async () => {
    const other = await as('coordination2')
    await other.goto('/file')
    await other.getByRole('button', { name: /^Vues/ }).click()
    await other.getByRole('menuitemcheckbox', { name: new RegExp(name) }).click()
    await expect(other).toHaveURL(/priorite=P1.*tri=anciennete/)
    await other.getByRole('button', { name: /^Vues/ }).click()
    await expect(other.getByRole('menuitem', { name: 'Supprimer' })).toHaveCount(0)
  })
  await test.step('supprimée, elle revient si on l’annule', async () => {
    await menu.click()
    await desk.getByRole('menuitem', { name: 'Supprimer' }).click()
    await expect(desk.getByText(`Vue « ${name} » supprimée`, { exact: true })).toBeVisible()
    await desk.getByRole('button', { name: /^Annuler/ }).click()
    await menu.click()
    await expect(desk.getByRole('menuitemcheckbox', { name: new RegExp(name) })).toBeVisible()
    await desk.keyboard.press('Escape')
    await menu.click()
    await desk.getByRole('menuitem', { name: 'Supprimer' }).click()
  })
})

test('plusieurs dossiers sont pris en charge d’un coup au clavier, puis rendus', async ({ as, api }) => {
  const caller = await api('coordination')
  const page = pageOf(WorklistItem)
  const desk = await as('coordination')
  await desk.goto('/file?responsable=personne')
  const rows = desk.locator('tr[data-index]')
  await rows.first().getByRole('link').focus()
  const references = await rows
    .getByRole('link')
    .evaluateAll((links) => links.slice(0, 3).map((link) => link.getAttribute('href')?.split('/').at(-1) ?? ''))
  await desk.keyboard.press('x')
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('j')
  await desk.keyboard.press('Shift+X')
  await expect(selection(desk)).toContainText('3 sélectionnés')
  await expectAccessible(desk)
  await selection(desk).getByRole('button', { name: 'M’attribuer' }).focus()
  await desk.keyboard.press('Enter')
  await expect(selection(desk)).toContainText('3 faits')
  const nobodys = async (): Promise<string[]> =>
    (await caller.get('/worklist?owner=none&limit=200', page)).items.map(({ reference }) => reference)
  expect((await nobodys()).filter((reference) => references.includes(reference))).toEqual([])
  await expect(rows.first().getByRole('link')).not.toHaveAttribute('href', `/dossiers/${references[0]}`)
  await test.step('« z » les rend', async () => {
    await rows.first().getByRole('link').focus()
    await desk.keyboard.press('z')
    await expect(desk.getByText(/^Annulé/)).toBeVisible()
    expect((await nobodys()).filter((reference) => references.includes(reference)).toSorted()).toEqual(
      references.toSorted(),
    )
  })
})

test('plusieurs recherches sont closes avec un motif, et ce qui ne va pas est dit avant', async ({ as, api }) => {
  const caller = await api('coordination')
  const { items } = await caller.get('/worklist?kind=gp-search&status=eligible&limit=200', pageOf(WorklistItem))
  const [first, second] = items.toReversed()
  if (!first || !second) throw new Error('the demo has no search to propose')
  const discharge = (await caller.get('/worklist?kind=hospital-discharge&limit=200', pageOf(WorklistItem))).items[0]
  const desk = await as('coordination')
  await test.step('une sortie parmi elles, et proposer attend', async () => {
    await desk.goto('/file')
    await tick(desk, items[0]?.reference ?? '')
    await tick(desk, discharge?.reference ?? '')
    await expect(selection(desk).getByRole('button', { name: 'Proposer…' })).toHaveAccessibleDescription(
      /Seules les recherches/,
    )
    await selection(desk)
      .getByRole('button', { name: /Tout désélectionner/ })
      .click()
  })
  await desk.goto('/file?type=mt&statut=eligible')
  await desk.locator('tr[data-index="0"] a').focus()
  await desk.keyboard.press('End')
  for (const { reference } of [first, second]) await tick(desk, reference)
  await selection(desk).getByRole('button', { name: 'Clore…' }).click()
  const asked = dialog(desk, 'Clore 2 dossiers')
  await asked.getByRole('button', { name: 'Clore les 2 dossiers' }).click()
  await expect(asked.getByText('Choisissez un motif.')).toBeVisible()
  await asked.getByRole('radio', { name: 'Injoignable' }).click()
  await asked.getByRole('button', { name: 'Clore les 2 dossiers' }).click()
  await expect(selection(desk)).toContainText('2 faits')
  await expect(rowOf(desk, first.reference)).toHaveCount(0)
  await test.step('le résultat se lit dossier par dossier, et l’acte s’annule', async () => {
    await selection(desk).getByRole('button', { name: 'Voir chaque dossier' }).click()
    await expect(desk.getByRole('dialog').getByRole('listitem')).toHaveCount(2)
    await desk.keyboard.press('Escape')
    await desk.getByRole('button', { name: /^Annuler/ }).click()
    await expect(desk.getByText(/^Annulé/)).toBeVisible()
    const { items: open } = await caller.get('/worklist?kind=gp-search&status=eligible&limit=200', pageOf(WorklistItem))
    expect(open.map(({ reference }) => reference)).toEqual(expect.arrayContaining([first.reference, second.reference]))
  })
})

test('ce que fait une collègue est annoncé, et n’entre dans la liste qu’à la demande', async ({ as, api }) => {
  const desk = await as('coordination')
  await desk.goto('/file')
  const rows = desk.locator('tr[data-index]')
  await expect(rows.first()).toBeVisible()
  const before = await rows.getByRole('link').allTextContents()
  const reference = await takeable(await api('coordination2'))
  const other = await as('coordination2')
  await other.goto('/file')
  await tick(other, reference)
  await selection(other).getByRole('button', { name: 'M’attribuer' }).click()
  await expect(selection(other)).toContainText('1 fait')
  const banner = desk.getByRole('button', { name: /1 dossier mis à jour/ })
  await expect(banner).toBeVisible()
  expect(await rows.getByRole('link').allTextContents()).toEqual(before)
  await banner.click()
  await expect(rowOf(desk, reference)).toContainText('modifié')
  await other.getByRole('button', { name: /^Annuler/ }).click()
  await expect(other.getByText(/^Annulé/)).toBeVisible()
})

/** Goes home and comes back to the list by the navigation; gives how the first page was asked for, and answered. */
async function comeBack(desk: Page): Promise<{ name: string | null; status: number }> {
  const places = desk.getByRole('navigation', { name: 'Navigation principale' })
  await places.getByRole('link', { name: /^Accueil/ }).click()
  await expect(desk.locator('tr[data-index]')).toHaveCount(0)
  const [answer] = await Promise.all([
    desk.waitForResponse(/\/api\/v1\/worklist\?sort=queue&limit=50$/),
    places.getByRole('link', { name: /^File/ }).click(),
  ])
  return { name: await answer.request().headerValue('if-none-match'), status: answer.status() }
}

test('revenue d’un dossier, la liste est confirmée sans être renvoyée ; après un acte, elle est relue', async ({
  as,
  api,
}) => {
  const desk = await as('coordination')
  const links = desk.locator('tr[data-index]').getByRole('link')
  await desk.goto('/file')
  await expect(links.first()).toBeVisible()
  const before = await links.first().getAttribute('href')
  await links.first().click()
  await expect(desk.getByRole('article')).toBeVisible()
  // A server that was just started vouches for its pages from the second question on.
  await expect(async () => {
    const { name, status } = await comeBack(desk)
    expect(name).toMatch(/^W\/"/)
    expect(status).toBe(304)
  }).toPass({ timeout: 30_000 })
  await expect(links.first()).toHaveAttribute('href', before ?? '')

  await tick(desk, await takeable(await api('coordination')))
  await selection(desk).getByRole('button', { name: 'M’attribuer' }).click()
  await expect(selection(desk)).toContainText('1 fait')
  expect(await comeBack(desk)).toEqual({ name: null, status: 200 })
  await expect(links.first()).toBeVisible()
  await desk.keyboard.press('z')
  await expect(desk.getByText(/^Annulé/)).toBeVisible()
})

test('hors ligne, la liste dit de quand elle est et ce qui ne peut pas partir', async ({ as }) => {
  const desk = await as('coordination')
  await desk.goto('/file')
  await expect(desk.locator('tr[data-index]').first()).toBeVisible()
  await desk.context().setOffline(true)
  await expect(desk.getByText(/Cette liste est celle de \d+:\d\d/)).toBeVisible()
  await desk.locator('tr[data-index="0"]').getByRole('checkbox').click()
  await expect(selection(desk).getByRole('button', { name: 'Attribuer à…' })).toHaveAccessibleDescription(/^Hors ligne/)
  await desk.context().setOffline(false)
  await expect(desk.getByText(/Cette liste est celle de/)).toHaveCount(0)
})
