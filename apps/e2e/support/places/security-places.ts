import type { Problem } from '@maillage/contracts/kit/problems'
import { secondFactorExamples } from '@maillage/contracts/second-factor/examples'
import type { Page } from '@playwright/test'
import { at, type Place, type PlaceState } from './place.ts'

/** What the API would answer to somebody who is no one of the demo: the shared accounts have nothing to protect. */
async function answers(page: Page, path: string, change: (body: object) => object): Promise<void> {
  await page.route(
    `**/api/v1${path}`,
    async (route) => {
      const isRead = route.request().method() === 'GET'
      const body: unknown = isRead ? await (await route.fetch()).json() : {}
      await route.fulfill({ json: change(typeof body === 'object' && body !== null ? body : {}) })
    },
    { times: 1 },
  )
}

async function openEnrolment(page: Page): Promise<void> {
  await answers(page, '/me', (me) => ({ ...me, current: null, mustEnrol: true }))
  await page.goto('/proteger-mon-compte')
  await page.getByRole('button', { name: 'Utiliser une application' }).waitFor()
}
async function openApplication(page: Page): Promise<void> {
  await openEnrolment(page)
  await answers(page, '/me/totp', () => secondFactorExamples.postMeTotp.answer)
  await page.getByRole('button', { name: 'Utiliser une application' }).click()
  await page.getByLabel('Tapez le code à six chiffres').waitFor()
}
async function openCodes(page: Page): Promise<void> {
  await openApplication(page)
  const given = Array.from({ length: 5 }, () => secondFactorExamples.postMeRecoveryCodes.answer.recoveryCodes)
  const recoveryCodes = given.flat().map((code, index) => `${code.slice(0, -1)}${index}`)
  await answers(page, '/me/totp/confirmation', () => ({ recoveryCodes }))
  await page.getByLabel('Tapez le code à six chiffres').fill('492 039')
  await page.getByRole('button', { name: 'Vérifier le code' }).click()
  await page.getByRole('list', { name: 'Codes de secours' }).waitFor()
}
async function openProtected(page: Page): Promise<void> {
  const { answer } = secondFactorExamples.getMeSecondFactor
  const [key] = answer.passkeys
  await answers(page, '/me/second-factor', () => ({
    ...answer,
    passkeys: [
      key,
      { ...key, id: '01938f00-0000-7000-8000-00000000a009', name: 'Ancien téléphone', isSuspected: true },
    ],
    recoveryCodes: { ...answer.recoveryCodes, left: 3 },
  }))
  await page.goto('/securite')
  await page.getByText('Ancien téléphone').waitFor()
}

/** What changes the protection asks again, of who signed in long ago, who they are. */
async function openProof(page: Page): Promise<void> {
  await openProtected(page)
  await page.route('**/api/v1/me/recovery-codes', (route) => route.fulfill({ status: 403, json: proofRequired }), {
    times: 1,
  })
  await page.getByRole('button', { name: 'Créer de nouveaux codes' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Créer les codes' }).click()
  await page.getByRole('dialog').getByLabel('Code', { exact: true }).waitFor()
}
const proofRequired = {
  type: '/problems/proof-required',
  title: 'Prove again who you are',
  status: 403,
  code: 'proof-required',
  instance: 'urn:uuid:7f3a',
} satisfies Problem

/** A page loaded under a lock, with every way back that there is: the session itself is not locked. */
async function openLocked(page: Page): Promise<void> {
  await page.route('**/api/v1/sessions/refresh', (route) => route.fulfill({ status: 401, json: sessionLocked }), {
    times: 1,
  })
  const provider = { key: 'pro-sante-connect', kind: 'pro-sante-connect', name: 'Pro Santé Connect' }
  await answers(page, '/sessions/current/lock', () => ({ code: true, passkey: true, provider: provider.key }))
  await answers(page, '/instance', (instance) => ({ ...instance, signInProviders: [provider] }))
  await page.goto('/securite')
  await page.getByRole('button', { name: 'Revenir par Pro Santé Connect' }).waitFor()
}
const sessionLocked = {
  type: '/problems/session-locked',
  title: 'The session is locked',
  status: 401,
  code: 'session-locked',
  instance: 'urn:uuid:7f3a',
} satisfies Problem

const shown = (name: string, open: (page: Page) => Promise<void>, guide?: PlaceState['guide']): PlaceState => ({
  name,
  guide,
  open: async (page) => {
    await open(page)
    return undefined
  },
})

/** The second step of a sign-in: the password was right, says an answer of our own. */
export const codeStep = shown('code', async (page) => {
  await page.route('**/api/v1/sessions', (route) => route.fulfill({ status: 401, json: secondFactorAsked }), {
    times: 1,
  })
  await page.getByLabel('Adresse e-mail').fill('claude@essai.example')
  await page.getByLabel('Mot de passe').fill('une phrase de passe inventée')
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.getByLabel('Code à six chiffres').waitFor()
})
const secondFactorAsked = {
  type: '/problems/second-factor-required',
  title: 'A second factor is required',
  status: 401,
  code: 'second-factor-required',
  instance: 'urn:uuid:7f3a',
} satisfies Problem

/** What protects an account, and the first page of a new one. */
export const securityPlaces: readonly Place[] = [
  {
    name: 'securite',
    person: 'coordination',
    address: at('/securite'),
    states: [
      shown('compte', openProtected, { file: 'securite.png', width: 1280 }),
      shown('confirmer', openProof),
      shown('verrou', openLocked),
    ],
  },
  {
    // Whoever has nothing to set up is led to the page above.
    name: 'premiere-connexion',
    person: 'coordination',
    address: at('/proteger-mon-compte'),
    states: [
      shown('proteger', openEnrolment, { file: 'proteger-mon-compte.png', width: 1280 }),
      shown('application', openApplication),
      shown('codes', openCodes),
    ],
  },
]
