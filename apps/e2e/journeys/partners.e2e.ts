import { expect } from '@playwright/test'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'

test('un partenaire est noté, sa convention arrive à terme, elle est renouvelée', async ({ as }) => {
  const name = `Clinique ${newFamily('Amande')}`
  const desk = await as('coordination')
  await desk.goto('/annuaire')
  await desk.getByRole('link', { name: 'Partenaires' }).click()
  await desk.getByRole('link', { name: 'Nouveau partenaire' }).click()
  await desk.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(desk.getByText('Indiquez un nom.')).toBeVisible()
  await desk.getByLabel('Nom', { exact: true }).fill(name)
  await desk.getByRole('button', { name: 'Ajouter un contact' }).click()
  const contact = desk.getByRole('group', { name: 'Contact 1' })
  await contact.getByLabel('Fonction').fill('Cadre de santé')
  await contact.getByLabel('Téléphone').fill('04 65 71 09 09')
  await desk.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(desk.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(desk.getByRole('link', { name: /04.65.71.09.09/ })).toHaveAttribute('href', 'tel:+33465710909')

  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  await desk.getByRole('button', { name: 'Noter une convention' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('Sur quoi elle porte').fill('Sorties préparées')
  await dialog.getByLabel('Signée le').fill(day(-300))
  await dialog.getByLabel('Premier jour').fill(day(-290))
  await dialog.getByLabel('Dernier jour').fill(day(20))
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  const agreements = desk.getByRole('region', { name: 'Conventions' })
  await expect(agreements).toContainText('À renouveler')

  await desk.goto('/partenaires?convention=a-renouveler')
  await desk.getByLabel('Nom').fill(name)
  await desk.getByRole('link', { name }).click()
  await agreements.getByRole('button', { name: 'Renouveler' }).click()
  await expect(dialog.getByLabel('Premier jour')).toHaveValue(day(21))
  await dialog.getByLabel('Signée le').fill(day(0))
  await dialog.getByRole('button', { name: 'Renouveler' }).click()
  await expect(agreements).toContainText('À venir')
  await expect(agreements).toContainText('Historique (1)')

  // Whoever cares for patients reads who to call, and not what was agreed.
  const doctor = await as('medecin')
  await doctor.goto(new URL(desk.url()).pathname)
  await expect(doctor.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(doctor.getByRole('region', { name: 'Conventions' })).toBeHidden()
})
