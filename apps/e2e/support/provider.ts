import type { Page } from '@playwright/test'

/** What the provider's sign-in page is filled with. */
interface Login {
  readonly rpps: string
  readonly fault?: string
}

/** The key under which the program knows the provider, and what it was registered with there. */
export const provider = {
  key: 'pro-sante-connect',
  client: { id: 'maillage', secret: 'parcours-client-q7Vw2nXc9tLp4RzK' },
} as const

/** Fills in the provider's page as a professional would with their e-CPS; invented names come back with them. */
export async function logInThere(page: Page, { rpps, fault = '' }: Login): Promise<void> {
  await page.getByLabel('Personne').fill(`f:${rpps}`)
  const claims = { SubjectNameID: `8${rpps}`, given_name: 'Solène', family_name: 'Vaudrémont' }
  await page.getByLabel('Informations').fill(JSON.stringify(claims))
  await page.getByLabel('Défaut').fill(fault)
  await page.getByRole('button', { name: 'Continuer' }).click()
}
