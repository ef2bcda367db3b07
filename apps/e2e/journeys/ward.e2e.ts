import { spacedHealthNumber } from '@maillage/contracts/kit/health-number'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { type InventedPatient, inventedHealthNumber, newFamily, parisClock } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { choose, dialog, fillPatient, keptAsDraft, sheet } from '../support/screens.ts'

const patient: InventedPatient = {
  birthName: newFamily('Castagnol'),
  firstName: 'Mathilde',
  birthDate: '1944-06-02',
  sex: 'F',
  phone: '06 39 98 52 18',
  street: '4 chemin des Salicornes',
  commune: 'Lunel',
}
const healthNumber = inventedHealthNumber()
const name = `${patient.firstName} ${patient.birthName}`
const template = newFamily('Modèle')
const stay = 'Chute avec fracture du poignet'

test('un service part d’un modèle, écrit à la coordination, déplace une date en sachant ce qu’elle change, et imprime', async ({
  as,
}) => {
  const ward = await as('hopital')
  await test.step('il retient ses besoins comme modèle, puis en repart', () => fromTemplate(ward))
  await test.step('ce qui est saisi survit à un rechargement', async () => {
    await expect(ward.getByRole('status').filter({ hasText: /^Brouillon enregistré à/ })).toBeVisible()
    await ward.reload()
    await expect(ward.getByRole('heading', { level: 3, name: 'Kinésithérapie' })).toBeVisible()
  })
  await test.step('il donne le matricule, dont la clé est d’abord fausse', async () => {
    await ward
      .getByRole('navigation', { name: 'Étapes' })
      .getByRole('button', { name: /Patient/ })
      .click()
    const field = ward.getByLabel('Matricule INS')
    await field.fill(`${healthNumber.slice(0, 13)}00`)
    await field.blur()
    await expect(ward.getByText('ne correspond pas à sa clé')).toBeVisible()
    await field.fill(spacedHealthNumber(healthNumber))
    await ward.getByRole('button', { name: /^Continuer : séjour/ }).click()
    await ward.getByRole('button', { name: /^Continuer : besoins/ }).click()
  })
  const reference = await test.step('il envoie la sortie', () => send(ward))

  await test.step('il ajoute un besoin après l’envoi, et note qui couvre la kinésithérapie', async () => {
    await ward.getByRole('button', { name: 'Ajouter un besoin' }).click()
    const asked = dialog(ward, 'Ajouter un besoin')
    await asked.getByRole('combobox', { name: 'Besoin' }).click()
    await ward.getByRole('option', { name: 'Portage de repas' }).click()
    await asked.getByRole('button', { name: 'Ajouter' }).click()
    await expect(sheet(ward, 'Besoins')).toContainText('0 besoin couvert sur 3')
    await ward.getByRole('button', { name: 'Actions : Kinésithérapie' }).click()
    await ward.getByRole('menuitem', { name: 'Couvert autrement' }).click()
    const covered = dialog(ward, /Couvert autrement/)
    await covered.getByLabel('Par qui').fill('Centre de rééducation des Dunes')
    await covered.getByLabel('Téléphone').fill('04 65 71 88 10')
    await covered.getByRole('button', { name: 'Couvert autrement' }).click()
    await expect(sheet(ward, 'Besoins')).toContainText('1 besoin couvert sur 3')
  })

  const desk = await as('coordination')
  await test.step('la coordination retrouve le dossier par le matricule', async () => {
    await desk.goto('/file')
    await expect(desk.locator('tr[data-index]').first()).toBeVisible()
    await desk.keyboard.press('/')
    await desk.keyboard.type(healthNumber)
    await expect(desk.locator('tr[data-index]').first()).toContainText(patient.birthName)
  })
  await test.step('il écrit à la coordination, qui le voit sur son tableau et répond', async () => {
    const thread = sheet(ward, 'Messages avec la coordination')
    await thread.getByLabel('Message à la coordination').fill('La personne n’a plus de clés : sonner chez la voisine.')
    await thread.getByRole('button', { name: 'Envoyer' }).click()
    await expect(thread.getByRole('log')).toContainText('pas encore lu')
    await desk.goto('/sorties')
    await expect(desk.getByRole('article').filter({ hasText: name })).toContainText('1 message non lu')
    await desk.goto(`/dossiers/${reference}`)
    const answer = sheet(desk, 'Messages avec le service')
    await expect(answer.getByRole('log')).toContainText('sonner chez la voisine')
    await answer.getByLabel('Message au service').or(answer.getByRole('textbox')).first().fill('Merci, c’est noté.')
    await answer.getByRole('button', { name: 'Envoyer' }).click()
    await expect(thread.getByRole('log')).toContainText('Merci, c’est noté.')
    await expect(thread.getByRole('log')).toContainText('· lu')
  })

  await test.step('il déplace la date après avoir lu qui prévenir', async () => {
    await ward.getByRole('button', { name: 'Autres actions' }).click()
    await ward.getByRole('menuitem', { name: 'Changer la date' }).click()
    const moved = dialog(ward, /^Changer la date de sortie/)
    await moved.getByLabel('Nouvelle date').fill(parisClock(120))
    const told = moved.getByRole('region', { name: 'Conséquences du changement' })
    await expect(told).toContainText('Sortie repoussée de 2 jours')
    await expect(told).toContainText('À prévenir par téléphone')
    await expect(told).toContainText('Centre de rééducation des Dunes')
    await expect(told).toContainText('nouveau changement de date')
    await choose(moved, 'Pourquoi', 'Transport')
    await moved.getByRole('button', { name: 'Changer la date' }).click()
    await expect(moved).toBeHidden()
    await expect(ward.getByRole('main')).toContainText('Sortie')
  })

  await test.step('la feuille du patient tient sur une page, sans diagnostic', async () => {
    await ward.getByRole('link', { name: 'Feuille du patient' }).click()
    const page = ward.getByRole('article', { name: 'Feuille pour le patient' })
    for (const words of [name, 'Centre de rééducation des Dunes', '04 65 71 88 10', '15', '112', '114'])
      await expect(page).toContainText(words)
    await expect(page).not.toContainText(stay)
    await expectAccessible(ward)
    const pdf = (await ward.pdf({ format: 'A4' })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length, 'pages').toBe(1)
  })
})

async function fromTemplate(ward: Page): Promise<void> {
  await ward.getByRole('link', { name: 'Nouvelle sortie' }).click()
  await fillPatient(ward, patient)
  await ward.getByLabel('Adresse', { exact: true }).fill(patient.street)
  await ward.getByRole('button', { name: /^Continuer : séjour/ }).click()
  await ward.getByLabel('Sortie prévue').fill(parisClock(72))
  await ward.getByLabel('Motif du séjour').fill(stay)
  await choose(ward, 'Vit seul à domicile', 'Oui')
  await choose(ward, 'A un médecin traitant', 'Oui')
  await ward.getByLabel('Heures').fill('8:00–18:00')
  await ward.getByRole('button', { name: /^Continuer : besoins/ }).click()
  for (const need of ['Infirmière à domicile', 'Kinésithérapie'])
    await ward.getByRole('button', { name: need, exact: true }).click()
  await ward.getByRole('button', { name: 'Partir d’un modèle' }).click()
  await ward.getByRole('menuitem', { name: 'Enregistrer comme modèle…' }).click()
  const saving = dialog(ward, 'Enregistrer comme modèle')
  await saving.getByLabel('Nom du modèle').fill(template)
  await saving.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(saving).toBeHidden()
  for (const need of ['Infirmière à domicile', 'Kinésithérapie'])
    await ward.getByRole('button', { name: `Retirer : ${need}` }).click()
  await ward.getByRole('button', { name: 'Partir d’un modèle' }).click()
  await keptAsDraft(ward, { form: 'hospital-discharge', words: 'physiotherapy' }, () =>
    ward.getByRole('menuitem', { name: template }).click(),
  )
  await expect(ward.getByRole('heading', { level: 3, name: 'Kinésithérapie' })).toBeVisible()
}

async function send(ward: Page): Promise<string> {
  await ward.getByRole('button', { name: /^Continuer : vérifications/ }).click()
  await expect(ward.getByRole('heading', { name: /^Tout est-il juste/ })).toBeVisible()
  for (const agreement of await ward.getByRole('checkbox').all()) await agreement.check()
  await ward.getByRole('button', { name: 'Envoyer à la coordination' }).click()
  await expect(ward).toHaveURL(/\/SH-\d{4}-\d+$/)
  await expect(sheet(ward, 'Besoins')).toContainText('0 besoin couvert sur 2')
  return ward.url().split('/').at(-1) ?? ''
}
