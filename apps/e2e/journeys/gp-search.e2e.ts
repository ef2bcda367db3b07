import { Me } from '@maillage/contracts/accounts'
import { GpSearch } from '@maillage/contracts/gp-search'
import { pageOf } from '@maillage/contracts/kit/page'
import { expect } from '@playwright/test'
import { type InventedPatient, newFamily, parisClock } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { dialog, expectAnonymous, fillPatient, openCase, openProposal, propose, sheet } from '../support/screens.ts'

const patient: InventedPatient = {
  birthName: newFamily('Taillevent'),
  firstName: 'Basile',
  birthDate: '1950-09-02',
  sex: 'M',
  phone: '06 39 98 77 03',
  street: '4 rue des Arbousiers',
  commune: 'Lunel',
}
const name = `${patient.firstName} ${patient.birthName}`

test('une recherche de médecin traitant va de la demande du CCAS à la déclaration', async ({ as, api }) => {
  const ccas = await as('ccas')
  const reference = await test.step('le CCAS fait la demande, avec l’accord de la personne', async () => {
    await ccas.getByRole('link', { name: 'Nouvelle demande' }).click()
    await fillPatient(ccas, patient)
    await ccas.getByLabel('En ALD').check()
    await ccas.getByRole('checkbox', { name: /accepte que la CPTS partage/ }).check()
    await ccas.getByRole('button', { name: /^Enregistrer la demande/ }).click()
    await expect(ccas.getByRole('article', { name })).toBeVisible()
    const { items } = await (await api('ccas')).get('/gp-searches?limit=200', pageOf(GpSearch))
    return items.find((one) => one.patient?.lastName === patient.birthName)?.reference ?? ''
  })

  const desk = await as('coordination')
  const doctorName = (await (await api('medecin')).get('/me', Me)).account.displayName
  await test.step('la coordination trie, voit les médecins possibles et leurs places, et propose', async () => {
    await openCase(desk, reference)
    await desk.getByRole('button', { name: 'Trier', exact: true }).click()
    await dialog(desk, /^Trier/)
      .getByRole('button', { name: 'Mettre dans la file' })
      .click()
    const first = sheet(desk, /^Praticiens possibles/)
      .getByRole('listitem')
      .filter({ has: desk.getByRole('radio') })
      .first()
    await expect(first).toContainText(/sur place|\d\skm/)
    await expect(first).toContainText(/\d\splaces?/)
    await expect(first.getByRole('radio')).toHaveAccessibleDescription(/\S/)
    await propose(desk, /^Praticiens possibles/, doctorName)
  })

  const doctor = await as('medecin', phone)
  await test.step('le médecin accepte sur son téléphone en deux appuis, et ne lit qu’alors de qui il s’agit', async () => {
    await expectAnonymous(doctor, patient)
    await openProposal(doctor, await api('medecin'), reference)
    await expect(doctor.getByRole('main')).toContainText('Homme, 75')
    await expectAnonymous(doctor, patient)
    await doctor.getByRole('button', { name: 'Accepter' }).tap()
    await expect(doctor.getByRole('heading', { name })).toBeVisible()
    await expect(doctor.getByRole('link', { name: patient.phone })).toBeVisible()
  })

  await test.step('la coordination prévient le patient, qui est d’accord', async () => {
    await openCase(desk, reference)
    await desk.getByRole('button', { name: 'Prévenir le patient' }).click()
    const told = dialog(desk, /^Prévenir le patient/)
    await told.getByRole('checkbox', { name: 'Il accepte ce médecin' }).check()
    await told.getByRole('button', { name: 'Noter son accord' }).click()
    await expect(told).toBeHidden()
  })

  await test.step('le médecin fixe le premier rendez-vous, puis note la déclaration', async () => {
    await doctor.reload()
    await doctor.getByRole('button', { name: /premier rendez-vous|premier RDV/i }).click()
    const visit = doctor.getByRole('dialog')
    await visit.getByLabel('Jour et heure').last().fill(parisClock(48))
    await visit.getByRole('button', { name: 'Noter le rendez-vous' }).click()
    await expect(visit).toBeHidden()
    await doctor.getByRole('button', { name: 'Déclaration faite' }).click()
    await doctor.getByRole('dialog').getByRole('button', { name: 'Noter la déclaration' }).click()
    await expect(doctor.getByRole('main')).toContainText('Déclaré')
  })

  await test.step('la recherche est finie pour tous', async () => {
    await openCase(desk, reference)
    await expect(desk.getByRole('article')).toContainText('Déclaré')
    await ccas.getByRole('link', { name: 'Demandes terminées' }).click()
    await expect(ccas.getByRole('article', { name })).toContainText(/déclaré/i)
  })
})
