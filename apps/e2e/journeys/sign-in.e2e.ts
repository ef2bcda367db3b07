import { expect } from '@playwright/test'
import { demoPassword, emailOf } from '../support/demo.ts'
import { signInByHand, test } from '../support/journey.ts'

test('un mot de passe inexact est refusé sans dire lequel des deux l’est, le bon ouvre la file', async ({
  visitor,
  expectRefusal,
}) => {
  const page = await visitor()
  expectRefusal(page, 401, /^\/api\/v1\/sessions$/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/connexion$/)
  await signInByHand(page, 'coordination', 'un autre mot de passe')
  await expect(page.getByRole('alert').filter({ hasText: 'inexact' })).toHaveText(
    'L’adresse e-mail ou le mot de passe est inexact.',
  )
  await signInByHand(page, 'coordination')
  await expect(page).toHaveURL(/\/accueil/)
})

test('un compte de démonstration remplit l’adresse, et la page demandée s’ouvre après la connexion', async ({
  visitor,
}) => {
  const page = await visitor()
  await page.goto('/mes-patients')
  await page.getByRole('button', { name: 'Médecin généraliste à Lunel' }).click()
  await expect(page.getByLabel('Adresse e-mail')).toHaveValue(emailOf('medecin'))
  await page.getByLabel('Mot de passe').fill(demoPassword)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mes patients' })).toBeVisible()
})

test('la page d’un autre rôle n’existe pas', async ({ as }) => {
  const page = await as('infirmiere')
  await page.goto('/file')
  await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Soignant')
  await page.getByRole('link', { name: 'Revenir à l’écran d’accueil' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Propositions' })).toBeVisible()
})

test('après la déconnexion, revenir en arrière ne montre plus rien', async ({ as }) => {
  const page = await as('medecin')
  await page.getByRole('button', { name: /^Votre compte/ }).click()
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeVisible()
  await page.goto('/mes-patients')
  await expect(page.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeVisible()
})

test('quand la session est finie, on se reconnecte par-dessus la page, qui garde ce qui était saisi', async ({
  as,
  expectRefusal,
}) => {
  const page = await as('medecin2')
  await page.getByRole('link', { name: 'Mes places' }).click()
  const places = page.getByLabel('Nombre de places')
  await places.fill('7')
  // The session is ended elsewhere: the page hears of it, and asks without waiting to be used.
  expectRefusal(page, 401, /^\/api\/v1\//)
  const headers = { 'sec-fetch-site': 'same-origin' }
  await page.context().request.delete('/api/v1/sessions/current', { headers })
  const dialog = page.getByRole('dialog', { name: 'Votre session est terminée' })
  await expect(dialog.getByLabel('Adresse e-mail')).toHaveValue(emailOf('medecin2'))
  await dialog.getByLabel('Mot de passe').fill(demoPassword)
  await dialog.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(places).toHaveValue('7')
  await page.getByRole('button', { name: 'Enregistrer mes places' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Enregistré' })).toBeVisible()
})
