import { Me } from '@maillage/contracts/accounts'
import { Practitioner } from '@maillage/contracts/practitioners'
import { expect, type Page } from '@playwright/test'
import { test } from '../support/journey.ts'
import { logInThere } from '../support/provider.ts'

const callback = /\/api\/v1\/openid\/pro-sante-connect\/callback/

test('un médecin entre par Pro Santé Connect, en sort, et ce qui n’est pas sûr ne l’ouvre pas', async ({
  api,
  visitor,
}) => {
  const own = await api('medecin')
  const { current } = await own.get('/me', Me)
  const { rpps } = await (await api('coordination')).get(`/practitioners/${current?.practitionerId}`, Practitioner)
  const person = { rpps: rpps ?? '' }
  const page = await visitor()

  await test.step('la page demandée s’ouvre, sous le rôle du compte', async () => {
    await page.goto('/mes-patients')
    const returned = page.waitForRequest(callback)
    await signInByProvider(page, person)
    await expect(page.getByRole('heading', { level: 1, name: 'Mes patients' })).toBeVisible()
    const used = (await returned).url()
    // Loaded anew: the session lives in its cookie, which a return from another site was allowed to set.
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Mes patients' })).toBeVisible()
    await page.context().clearCookies({ name: 'maillage_refresh' })
    await page.goto(used)
    await expectRefused(page, 'Cette connexion n’est plus valable')
  })

  await test.step('la déconnexion ferme aussi la session du fournisseur', async () => {
    // Signed in there still: it asks nothing.
    await page.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Propositions' })).toBeVisible()
    const ended = page.waitForRequest(/\/session\/end/)
    await page.getByRole('button', { name: /^Votre compte/ }).click()
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
    expect((await ended).url()).toContain('id_token_hint=')
    await expect(page.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeVisible()
    await page.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' }).click()
    await expect(page.getByLabel('Personne')).toBeVisible()
  })

  for (const [fault, words] of [
    ['wrong-nonce', 'La réponse de Pro Santé Connect n’est pas sûre'],
    ['other-issuer', 'La réponse de Pro Santé Connect n’est pas sûre'],
    ['expired', 'La réponse de Pro Santé Connect est arrivée périmée'],
    ['clock-ahead', 'L’heure de Pro Santé Connect et celle de ce serveur diffèrent'],
  ] as const) {
    await test.step(`refusé : ${fault}`, async () => {
      const other = await visitor()
      await other.goto('/connexion')
      await signInByProvider(other, { ...person, fault })
      await expectRefused(other, words)
    })
  }

  await test.step('une horloge un peu en avance est tolérée', async () => {
    const other = await visitor()
    await other.goto('/connexion')
    await signInByProvider(other, { ...person, fault: 'clock-ahead-a-little' })
    await expect(other.getByRole('heading', { level: 1, name: 'Propositions' })).toBeVisible()
  })

  await test.step('un professionnel qui n’est pas de cette CPTS apprend quoi faire', async () => {
    const stranger = await visitor()
    await stranger.goto('/connexion')
    await signInByProvider(stranger, { rpps: '99000000001' })
    await expectRefused(stranger, 'Aucun compte ne correspond à votre numéro RPPS ici')
    await expect(stranger.getByRole('alert').filter({ hasText: 'écrivez à sa coordination' })).toBeVisible()
    expect(stranger.url()).not.toContain('99000000001')
  })
})

async function signInByProvider(page: Page, login: { rpps: string; fault?: string }): Promise<void> {
  await page.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' }).click()
  await logInThere(page, login)
}

async function expectRefused(page: Page, words: string): Promise<void> {
  await expect(page).toHaveURL(/\/connexion\?refus=/)
  await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
  await expect(page.getByLabel('Mot de passe')).toBeVisible()
}
