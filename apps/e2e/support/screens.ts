import type { draftForms } from '@maillage/contracts/drafts'
import { pageOf } from '@maillage/contracts/kit/page'
import { OwnProposal } from '@maillage/contracts/proposals'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Caller } from './api.ts'
import { type InventedPatient, identityOf } from './invented.ts'
import { keepSecret } from './silence/traces.ts'

/** Fills in who the patient is, as the forms of every kind ask it. */
export async function fillPatient(page: Page, patient: InventedPatient): Promise<void> {
  await page.getByLabel('Nom de naissance').fill(patient.birthName)
  await page.getByLabel('Prénom', { exact: true }).fill(patient.firstName)
  await page.getByLabel('Date de naissance').fill(patient.birthDate)
  await page.getByRole('group', { name: 'Sexe' }).getByText(patient.sex, { exact: true }).click()
  await page.getByLabel('Téléphone', { exact: true }).first().fill(patient.phone)
  // However it is written: without its first zero, as with a country's code.
  keepSecret(patient.phone.replaceAll(/\D/g, '').slice(-9))
  await page.getByRole('combobox', { name: /^Commune/ }).fill(patient.commune)
  await page.getByRole('option', { name: new RegExp(`^${patient.commune} \\(`) }).click()
}

/** The part of a page that a heading names. */
export const sheet = (page: Page, name: string | RegExp): Locator => page.getByRole('region', { name })

/** The dialog that asks for what an act requires. */
export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })

/** Chooses one of a group of choices by its words. */
export async function choose(within: Locator | Page, group: string | RegExp, choice: string): Promise<void> {
  const options = within
    .getByRole('group', { name: group })
    .or(within.getByRole('radiogroup', { name: group }))
    .first()
  await options.getByText(choice, { exact: true }).click()
}

/** Changes a form, and waits until the draft that holds these words is on the server. */
export async function keptAsDraft(
  page: Page,
  { form, words }: { form: (typeof draftForms)[number]; words: string },
  change: () => Promise<void>,
): Promise<void> {
  const asked = page.waitForRequest(
    (one) => one.method() === 'PUT' && one.url().endsWith(`/drafts/${form}`) && (one.postData() ?? '').includes(words),
  )
  await change()
  expect((await (await asked).response())?.ok(), `the draft of ${form} is kept`).toBe(true)
}

/** The file of a case on its own page. */
export async function openCase(page: Page, reference: string): Promise<void> {
  await page.goto(`/dossiers/${reference}`)
  await expect(page.getByRole('article')).toContainText(reference)
}

/** Proposes to somebody among those whom the page ranks. */
export async function propose(page: Page, panel: string | RegExp, to: string): Promise<void> {
  const candidates = sheet(page, panel)
  const more = candidates.getByRole('button', { name: /^Voir les/ })
  await expect(candidates.getByRole('radio').first()).toBeVisible()
  if (await more.isVisible()) await more.click()
  await candidates.getByRole('radio', { name: to }).check()
  await candidates.getByRole('button', { name: `Proposer à ${to}` }).click()
  await expect(
    sheet(page, /^Propositions/)
      .getByRole('listitem')
      .filter({ hasText: to }),
  ).toBeVisible()
}

/** Nothing on the page, seen or not, tells who the patient is. */
export async function expectAnonymous(page: Page, patient: InventedPatient): Promise<void> {
  const html = await page.content()
  for (const trait of identityOf(patient)) expect(html).not.toMatch(trait)
}

/** Opens the proposal that came for a case, from the list of what waits for an answer. */
export async function openProposal(page: Page, caller: Caller, reference: string): Promise<void> {
  const { items } = await caller.get('/proposals?status=pending&limit=200', pageOf(OwnProposal))
  const proposal = items.find((one) => one.reference === reference)
  expect(proposal, `a proposal waits for ${reference}`).toBeDefined()
  await page.getByRole('button', { name: 'Relire les propositions' }).click()
  await page.locator(`a[href="/propositions/${proposal?.id}"]`).click()
  await expect(page.getByRole('button', { name: 'Accepter' })).toBeVisible()
}
