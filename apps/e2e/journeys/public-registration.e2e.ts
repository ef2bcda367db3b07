import { expect, type Page } from '@playwright/test'
import { expectAccessible, judgeFocus, judgeZoom } from '../support/accessibility.ts'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { linkSentTo } from '../support/mailbox.ts'

const go = (page: Page, button: string): Promise<void> => page.getByRole('button', { name: button }).click()

async function sayWho(page: Page, birthName: string, email: string): Promise<void> {
  await page.getByLabel('Nom de naissance').fill(birthName)
  await page.getByLabel('Prénom').fill('Zoé 🌻')
  await page.getByLabel('Jour').fill('7')
  await page.getByLabel('Mois').fill('3')
  await page.getByLabel('Année').fill('1948')
  await page.getByLabel('Femme').check()
  await page.getByLabel(/Adresse e-mail/).fill(email)
  await go(page, 'Continuer')
}

test('sans JavaScript : demander, confirmer par le courriel, suivre, corriger, retirer', async ({
  visitor,
  as,
  expectRefusal,
}) => {
  const birthName = newFamily('Enligne')
  const email = `${birthName.toLowerCase()}@essai.example`
  const page = await visitor({ javaScriptEnabled: false })
  await page.goto('/demande')
  await page.getByLabel(/commune habitez-vous/).fill('Lunel')
  await go(page, 'Chercher ma commune')
  await page.getByRole('link', { name: /^Lunel \(34400\)/ }).click()
  await expect(page.getByRole('main')).toContainText('Nous pouvons vous aider à Lunel')
  await go(page, 'Commencer')

  // What is missing is said at the top, and leads to its place.
  expectRefusal(page, 422, /^\/demande\//)
  await go(page, 'Continuer')
  await expect(page).toHaveTitle(/^Erreur/)
  await page.getByRole('alert').getByRole('link', { name: 'Écrivez le prénom' }).click()
  await expect(page.getByLabel('Prénom')).toBeFocused()
  await sayWho(page, birthName, email)
  await page.getByLabel('La personne qui cherche un médecin').check()
  await go(page, 'Continuer')
  await page.getByLabel(/affection de longue durée/).check()
  await page.getByLabel(/combien de jours vous reste-t-il/).fill('6')
  await go(page, 'Continuer')
  await page.getByLabel('10 km').check()
  await go(page, 'Continuer')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez et envoyez')
  expect(new URL(page.url()).search).toBe('')
  await page.getByLabel(/J’ai lu ce texte/).check()
  // A form filled in faster than anybody reads is asked to be read again.
  await expect(async () => {
    if (page.url().endsWith('/demande/verification')) await go(page, 'Envoyer ma demande')
    await expect(page).toHaveURL(/\/demande\/envoyee$/, { timeout: 1000 })
  }).toPass()

  await page.goto(await linkSentTo(email, /\/demande\/confirmation\/[\w-]{64}/))
  await go(page, 'Je confirme ma demande')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre demande est enregistrée')
  const reference = /MT-\d{4}-\d{4,}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? ''

  const coordinator = await as('coordination')
  await coordinator.goto(`/file?type=gp-search&dossier=${reference}`)
  await expect(coordinator.getByRole('article').first()).toContainText(birthName)

  await page.goto(await linkSentTo(email, /\/suivi\/[\w-]{64}/))
  await page.getByLabel('Jour').fill('07')
  await page.getByLabel('Mois').fill('03')
  await page.getByLabel('Année').fill('1948')
  await go(page, 'Ouvrir ma demande')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre demande est arrivée')
  await page.getByRole('link', { name: 'Mes souhaits' }).click()
  await expect(page.getByLabel('10 km')).toBeChecked()
  await page.getByLabel(/heures où vous joindre/).fill('le soir')
  await go(page, 'Enregistrer')
  await expect(page.getByRole('status')).toContainText('C’est enregistré')
  await page.getByRole('link', { name: 'Le récapitulatif à imprimer' }).click()
  await expect(page.getByRole('main')).toContainText('le soir')
  await page.getByRole('link', { name: 'Revenir à ma demande' }).click()
  await page.getByRole('link', { name: 'Retirer ma demande' }).click()
  await go(page, 'Oui, retirer ma demande')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vous avez retiré votre demande')
  await coordinator.goto(`/dossiers/${reference}`)
  await expect(coordinator.getByRole('article').first()).toContainText(/Clos/)
})

test('à 320 px, dans les deux thèmes, les pages se lisent et se remplissent', async ({ visitor, expectRefusal }) => {
  const page = await visitor({ viewport: { width: 320, height: 568 } })
  const look = async (): Promise<void> => {
    await expectAccessible(page)
    expect((await judgeZoom(page)).faults).toEqual([])
    await page.setViewportSize({ width: 320, height: 568 })
  }
  for (const address of ['/demande', '/demande?commune=75056', '/demande/donnees', '/suivi', '/suivi/lien-perdu']) {
    await page.goto(address)
    await look()
  }
  await page.goto('/demande?commune=34145')
  await look()
  await go(page, 'Commencer')
  expectRefusal(page, 422, /^\/demande\//)
  await go(page, 'Continuer')
  await look()
  expect((await judgeFocus(page)).faults).toEqual([])
  const family = newFamily('Petitécran')
  await sayWho(page, family, `${newFamily('petit').toLowerCase()}@essai.example`)
  await look()
  await page.getByLabel('La personne qui cherche un médecin').check()
  await go(page, 'Continuer')
  await look()
  await go(page, 'Continuer')
  await look()
  await go(page, 'Continuer')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez et envoyez')
  await look()
})
