import { Delegation } from '@maillage/contracts/delegation/delegations'
import { pageOf } from '@maillage/contracts/kit/page'
import { expect } from '@playwright/test'
import { newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { linkSentTo } from '../support/mailbox.ts'
import { enrol } from '../support/second-factor.ts'

const Delegations = pageOf(Delegation)

test('un médecin nomme un secrétariat, qui agit en son nom, jusqu’à la fin', async ({
  as,
  api,
  visitor,
  expectRefusal,
}) => {
  const family = newFamily('Secret')
  const email = `${family.toLowerCase().replaceAll(/[^a-z]/g, '')}.${Date.now()}@secretariat.example`
  const name = `Camille ${family}`

  const doctor = await as('medecin2')
  await doctor.goto('/mon-secretariat')
  await doctor.getByRole('button', { name: 'Nommer un secrétariat' }).first().click()
  const dialog = doctor.getByRole('dialog')
  await dialog.getByLabel('Prénom et nom').fill(name)
  await dialog.getByLabel('Adresse e-mail').fill(email)
  await dialog.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  const card = doctor.getByRole('article', { name })
  await expect(card).toContainText('Invitation envoyée')

  const secretary = await visitor(phone)
  await secretary.goto(await linkSentTo(email, /https?:\/\/[^\s"]+\/invitation\/[\w-]+/))
  await expect(secretary.getByRole('heading', { level: 1 })).toContainText('vous confie son secrétariat')
  await secretary.getByLabel('Choisissez un mot de passe').fill('un secret de secrétariat')
  await secretary.getByRole('button', { name: 'Accepter' }).click()
  await secretary.getByRole('link', { name: 'Se connecter' }).click()
  await secretary.getByLabel('Adresse e-mail').fill(email)
  await secretary.getByLabel('Mot de passe').fill('un secret de secrétariat')
  await secretary.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await enrol(secretary)

  await expect(secretary.getByRole('heading', { level: 1, name: 'Propositions' })).toBeVisible()
  await secretary.goto('/mes-places')
  // A day that another run did not take already.
  const day = new Date(Date.UTC(2060, 0, 1 + Math.floor(Math.random() * 14_000))).toISOString().slice(0, 10)
  await secretary.getByLabel('Premier jour').fill(day)
  await secretary.getByLabel('Dernier jour').fill(day)
  await secretary.getByRole('button', { name: 'Ajouter' }).click()
  await expect(secretary.getByText(new RegExp(`^Le .* ${day.slice(0, 4)}`)).first()).toBeVisible()

  await doctor.reload()
  await card.getByRole('button', { name: 'Ce qui a été fait' }).click()
  await expect(card).toContainText('Absence déclarée')
  await card.getByRole('button', { name: 'Mettre fin' }).click()
  // The secretary's page still listens to what changes: its stream ends with the right to it.
  expectRefusal(secretary, 403, /^\/api\/v1\/live$/)
  await doctor.getByRole('dialog').getByRole('button', { name: 'Mettre fin' }).click()
  await expect(card).toBeHidden()

  // The session is still open: what it asks is refused all the same.
  await secretary.goto('/propositions')
  await expect(secretary.getByText(/pas encore de rôle|ne vous a pas confié/)).toBeVisible()
  const { items } = await (await api('medecin2')).get('/delegations', Delegations)
  expect(items.find((one) => one.email === email)?.status).toBe('ended')
})
