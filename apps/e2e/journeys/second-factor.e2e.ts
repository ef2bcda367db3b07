import { Delegation } from '@maillage/contracts/delegation/delegations'
import { expect, type Page } from '@playwright/test'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { linkSentTo } from '../support/mailbox.ts'
import { codeOf, enrol, giveAuthenticator } from '../support/second-factor.ts'

const password = 'un secret de secrétariat'

async function typePassword(page: Page, email: string): Promise<void> {
  await page.goto('/connexion')
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
}
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Votre compte/ }).click()
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeVisible()
}
const atHome = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { level: 1, name: 'Propositions' })).toBeVisible()

type ExpectRefusal = (page: Page, status: number, path: RegExp) => void

async function unlockByKey(page: Page, expectRefusal: ExpectRefusal): Promise<void> {
  await page.goto('/mes-places')
  const firstDay = page.getByLabel('Premier jour')
  await firstDay.fill('2040-03-05')
  // What asked the server for more meanwhile is refused, and waits.
  expectRefusal(page, 401, /^\/api\/v1\//)
  await page.clock.fastForward('16:00')
  const lock = page.getByRole('dialog', { name: 'Écran verrouillé' })
  await lock.getByRole('button', { name: 'Utiliser une clé d’accès' }).click()
  await expect(lock).toBeHidden()
  await expect(firstDay).toHaveValue('2040-03-05')
}

/** The server says of this session, once, that it was opened long ago. Gives the new recovery codes. */
async function proveByKey(page: Page, expectRefusal: ExpectRefusal): Promise<string[]> {
  const problem = {
    type: '/problems/proof-required',
    title: '',
    status: 403,
    code: 'proof-required',
    instance: 'urn:x',
  }
  await page.route('**/api/v1/me/recovery-codes', (route) => route.fulfill({ status: 403, json: problem }), {
    times: 1,
  })
  expectRefusal(page, 403, /^\/api\/v1\/me\/recovery-codes$/)
  await page.goto('/securite')
  await page.getByRole('button', { name: 'Créer de nouveaux codes' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Créer les codes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await dialog.getByRole('button', { name: 'Utiliser une clé d’accès' }).click()
  const shown = page.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem')
  await expect(shown).toHaveCount(10)
  return await shown.allInnerTexts()
}

test('un nouveau compte se protège avant de lire, puis s’ouvre par un code, une clé ou un code de secours', async ({
  api,
  visitor,
  expectRefusal,
}) => {
  const family = newFamily('Preuve')
  const email = `preuve.${Date.now()}@secretariat.example`
  const doctor = await api('medecin2')
  const invited = { email, displayName: `Alix ${family}`, rights: ['answer-proposals', 'places-and-absences'] }
  await doctor.post('/delegations', invited, Delegation)

  const page = await visitor()
  await page.clock.install()
  await giveAuthenticator(page)
  expectRefusal(page, 401, /^\/api\/v1\/sessions$/)
  await page.goto(await linkSentTo(email, /https?:\/\/[^\s"]+\/invitation\/[\w-]+/))
  await page.getByLabel('Choisissez un mot de passe').fill(password)
  await page.getByRole('button', { name: 'Accepter' }).click()
  await typePassword(page, email)
  // Whatever page is asked for, this one comes first.
  await expect(page).toHaveURL(/\/proteger-mon-compte/)
  await page.goto('/mes-patients')
  const { secret, codes: kept } = await enrol(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Mes patients' })).toBeVisible()

  await signOut(page)
  await typePassword(page, email)
  await page.getByLabel('Se souvenir de cet appareil pendant 30 jours').check()
  await page.getByLabel('Code à six chiffres').fill('000 000')
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByText('Ce code n’est pas valable ou a déjà servi')).toBeVisible()
  // The code of this step was taken: the next one is shown soon, and accepted already.
  await page.getByLabel('Code à six chiffres').fill(codeOf(secret, 1))
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await atHome(page)

  // Remembered: the password is enough here.
  await signOut(page)
  await typePassword(page, email)
  await atHome(page)
  await page.goto('/securite')
  await expect(page.getByText('(celui-ci)')).toBeVisible()
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
  // It showed no second factor when it came in: whoever else sits there must not add a key of theirs.
  expectRefusal(page, 403, /^\/api\/v1\/me\/passkeys\/options$/)
  await page.getByRole('dialog').getByRole('button', { name: 'Continuer' }).click()
  const asked = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await asked.getByLabel('Code', { exact: true }).fill(kept[0] ?? '')
  await asked.getByRole('button', { name: 'Confirmer' }).click()
  await expect(page.getByRole('button', { name: 'Retirer Cet ordinateur' })).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click()
  await atHome(page)
  await test.step('la clé déverrouille l’écran, et la saisie y est encore', () => unlockByKey(page, expectRefusal))
  const codes = await test.step('elle confirme aussi qui change la protection du compte', () =>
    proveByKey(page, expectRefusal))

  const elsewhere = await visitor()
  expectRefusal(elsewhere, 401, /^\/api\/v1\/sessions$/)
  for (const isFirst of [true, false]) {
    await typePassword(elsewhere, email)
    await elsewhere.getByRole('button', { name: 'Utiliser un code de secours' }).click()
    await elsewhere.getByLabel('Code de secours').fill(codes[0] ?? '')
    await elsewhere.getByRole('button', { name: 'Se connecter', exact: true }).click()
    if (!isFirst) break
    await atHome(elsewhere)
    await signOut(elsewhere)
  }
  await expect(elsewhere.getByText('Ce code de secours n’est pas valable ou a déjà servi.')).toBeVisible()
})
