import { PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import { pageOf } from '@maillage/contracts/kit/page'
import { Practitioner } from '@maillage/contracts/practitioners'
import { expect } from '@playwright/test'
import { newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'

const People = pageOf(Practitioner)

test('un médecin tient sa fiche, la confirme d’un geste, et choisit qui voit ses coordonnées', async ({ as, api }) => {
  const own = await api('medecin')
  const { items } = await own.get('/practitioners?q=Ma%C3%AFwenn%20Castelverd', People)
  const id = items[0]?.id
  await own.post(`/practitioners/${id}/publication`, { scope: 'internal', given: true }, PractitionerCard)
  const doctor = await as('medecin', phone)
  await doctor.goto('/ma-fiche')
  await doctor.getByRole('button', { name: 'Tout est juste' }).click()
  await expect(doctor.getByText('Fiche confirmée aujourd’hui')).toBeVisible()
  await doctor.getByLabel('Horaires').first().fill('du lundi au vendredi, 9 h – 17 h')
  await doctor.getByRole('button', { name: 'Enregistrer la fiche' }).click()
  await expect(doctor.getByText('Fiche enregistrée')).toBeVisible()
  await expect(doctor.getByText(/saisi par vous/).first()).toBeVisible()

  const seen = async () => (await (await api('ccas')).get(`/practitioners/${id}`, Practitioner)).practicePhone
  await doctor.getByRole('button', { name: /^Je retire mon accord.*professionnels de la CPTS/ }).click()
  await expect(doctor.getByText('Réponse enregistrée')).toBeVisible()
  expect(await seen()).toBeNull()
  await doctor.getByRole('button', { name: /^J’accepte.*professionnels de la CPTS/ }).click()
  await expect(doctor.getByRole('button', { name: /^Je retire mon accord.*professionnels de la CPTS/ })).toBeVisible()
  expect(await seen()).not.toBeNull()
})

test('une absence lointaine nomme un remplaçant, puis se retire', async ({ as }) => {
  const doctor = await as('medecin')
  await doctor.goto('/mes-places')
  const absences = doctor.getByRole('region', { name: 'Absences' })
  await absences.getByLabel('Premier jour').fill('2031-03-03')
  await absences.getByLabel('Dernier jour').fill('2031-03-07')
  await absences.getByText('Un remplaçant', { exact: true }).click()
  await absences.getByLabel('Nom').fill('Camille Relais')
  await absences.getByLabel('Téléphone').fill('06 39 98 00 31')
  await absences.getByRole('button', { name: 'Ajouter' }).click()
  await expect(absences.getByText(/Remplacé par Camille Relais, 06/)).toBeVisible()
  await absences.getByRole('button', { name: /Retirer l’absence.*2031/ }).click()
  await expect(absences.getByText(/Camille Relais/)).toBeHidden()
})

test('la coordination réunit une équipe qui compte ses places, et confirme une fiche par téléphone', async ({
  as,
  api,
}) => {
  const desk = await api('coordination')
  const family = newFamily('Garrigue')
  const entry = { lastName: family, firstName: 'Alix', profession: 'physician', municipality: '34145' }
  const made = await desk.post('/practitioners', { ...entry, isGeneralPractitioner: true }, Practitioner)
  const page = await as('coordination')
  await page.goto('/annuaire/equipes')
  await page.getByRole('button', { name: 'Nouvelle équipe' }).click()
  await page.getByLabel('Nom', { exact: true }).fill(`Maison ${family}`)
  await page.getByLabel('Commune').fill('Lunel')
  await page.getByRole('option', { name: /^Lunel \(/ }).click()
  await page.getByLabel('Ajouter un membre').fill(family)
  await page.getByRole('option', { name: new RegExp(family) }).click()
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  const team = page.getByRole('region', { name: `Maison ${family}` })
  await team.getByLabel(/Places que l’équipe ouvre/).fill('4')
  await team.getByRole('button', { name: 'Ouvrir ces places' }).click()
  await expect(team.getByText(/4/).first()).toBeVisible()
  await expect(team.getByText('Places de l’équipe')).toBeVisible()

  await page.goto(`/annuaire/${made.id}`)
  await page.getByRole('link', { name: 'Modifier ou confirmer' }).click()
  await page.getByRole('button', { name: 'Confirmé par téléphone' }).click()
  await expect(page.getByText('Fiche confirmée aujourd’hui')).toBeVisible()
  const card = await desk.get(`/practitioners/${made.id}/card`, PractitionerCard)
  expect(card.confirmation.by).toBe('phone')

  await page.goto('/annuaire?fiche=a-confirmer')
  await expect(page.getByText('jamais confirmée').first()).toBeVisible()
  await page.getByLabel('Équipe').selectOption({ label: `Maison ${family}` })
  await expect(page.getByText('Aucun soignant ne répond à ces filtres')).toBeVisible()
})
