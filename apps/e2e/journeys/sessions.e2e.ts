import { expect, type Page } from '@playwright/test'
import { demoPassword } from '../support/demo.ts'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { linkSentTo } from '../support/mailbox.ts'
import { addOwnAccount } from '../support/people/own-account.ts'

const another = 'trois mirabelles sur le toit'

async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeHidden()
}

test('un écran quitté se verrouille et garde la saisie ; un autre appareil se déconnecte ; un mot de passe se retrouve', async ({
  visitor,
  expectRefusal,
}) => {
  const { email } = await addOwnAccount('Camille Parcours')
  const family = newFamily('Verrouil')
  const desk = await visitor()
  await desk.clock.install()
  await desk.goto('/connexion')
  await signIn(desk, email)

  const name = desk.getByLabel('Nom de naissance')
  await test.step('un quart d’heure sans un geste : plus rien ne se lit, rien n’est perdu', async () => {
    await desk.goto('/nouvelle-demande/gp-search')
    await name.fill(family)
    // What asked the server for more meanwhile is refused, and waits.
    expectRefusal(desk, 401, /^\/api\/v1\//)
    await desk.clock.fastForward('16:00')
    const lock = desk.getByRole('dialog', { name: 'Écran verrouillé' })
    await expect(lock).toBeVisible()
    await expect(name).toBeHidden()
    await expect(desk.locator('html')).toHaveAttribute('data-locked', '')
    const refused = await desk.context().request.post('/api/v1/sessions/refresh', {
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect((await refused.json()).code).toBe('session-locked')
    // Escape twice closes a dialog in this browser; whatever is pressed afterwards would act on the page behind.
    for (const key of ['Escape', 'Escape', 'Escape', 'g', 'f', '?']) await desk.keyboard.press(key)
    expect(await lock.evaluate((one) => one.matches(':modal'))).toBe(true)
    await expect(desk.getByRole('dialog')).toHaveCount(1)
    await expect(desk).toHaveURL(/\/nouvelle-demande\/gp-search$/)
    await lock.getByLabel('Mot de passe').fill('un autre mot de passe')
    await lock.getByRole('button', { name: 'Déverrouiller' }).click()
    await expect(lock.getByText('Ce mot de passe est inexact.')).toBeVisible()
    await lock.getByLabel('Mot de passe').fill(demoPassword)
    await lock.getByRole('button', { name: 'Déverrouiller' }).click()
    await expect(lock).toBeHidden()
    await expect(name).toHaveValue(family)
  })

  await test.step('une session qui prend fin sous le verrou laisse la page cachée', async () => {
    await desk.clock.fastForward('16:00')
    const lock = desk.getByRole('dialog', { name: 'Écran verrouillé' })
    await expect(lock).toBeVisible()
    await desk.context().request.delete('/api/v1/sessions/current', { headers: { 'sec-fetch-site': 'same-origin' } })
    await lock.getByLabel('Mot de passe').fill(demoPassword)
    await lock.getByRole('button', { name: 'Déverrouiller' }).click()
    const again = desk.getByRole('dialog', { name: 'Votre session est terminée' })
    await expect(again).toBeVisible()
    await expect(desk.locator('html')).toHaveAttribute('data-locked', '')
    await again.getByLabel('Mot de passe').fill(demoPassword)
    await again.getByRole('button', { name: 'Se connecter', exact: true }).click()
    await expect(again).toBeHidden()
    await expect(name).toHaveValue(family)
  })

  const other = await visitor()
  await test.step('l’autre appareil est dehors aussitôt', async () => {
    await other.goto('/connexion')
    await signIn(other, email)
    await desk.goto('/securite')
    await expect(desk.getByText('Cet appareil')).toBeVisible()
    expectRefusal(other, 401, /^\/api\/v1\//)
    await desk.getByRole('button', { name: /^Fermer la session/ }).click()
    await expect(desk.getByText('Vous n’êtes connecté nulle part ailleurs.')).toBeVisible()
    await expect(other.getByRole('dialog', { name: 'Votre session est terminée' })).toBeVisible()
  })

  await test.step('un lien, une fois, donne un autre mot de passe', async () => {
    const visit = await visitor()
    await visit.goto('/connexion')
    await visit.getByRole('link', { name: 'Mot de passe oublié' }).click()
    // The door asks for an address too: the page must have changed.
    await expect(visit.getByRole('heading', { level: 1, name: 'Mot de passe oublié' })).toBeVisible()
    await visit.getByLabel('Adresse e-mail').fill(email)
    await visit.getByRole('button', { name: 'Recevoir un lien' }).click()
    await expect(visit.getByRole('heading', { level: 1, name: 'Consultez votre messagerie' })).toBeVisible()
    await visit.goto(await linkSentTo(email, /http\S+\/nouveau-mot-de-passe#[\w-]{64}/))
    await expect(visit.getByRole('heading', { level: 1, name: 'Choisir un mot de passe' })).toBeVisible()
    // What opens the account does not stay in the address.
    await expect(visit).toHaveURL(/\/nouveau-mot-de-passe$/)
    await visit.getByLabel('Nouveau mot de passe').fill(another)
    expectRefusal(desk, 401, /^\/api\/v1\//)
    await visit.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(visit.getByRole('heading', { level: 1, name: 'Mot de passe changé' })).toBeVisible()
    await expect(desk.getByRole('dialog', { name: 'Votre session est terminée' })).toBeVisible()
    await visit.getByRole('link', { name: 'Revenir à la connexion' }).click()
    await signIn(visit, email, another)
  })
})
