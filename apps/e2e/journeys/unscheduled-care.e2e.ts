import { Me } from '@maillage/contracts/accounts'
import { redFlags } from '@maillage/contracts/unscheduled-care'
import { expect, type Page } from '@playwright/test'
import { type InventedPatient, newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { choose, dialog, expectAnonymous, fillPatient, openCase, openProposal, propose } from '../support/screens.ts'

const patient: InventedPatient = {
  birthName: newFamily('Quercillon'),
  firstName: 'Armelle',
  birthDate: '1988-06-21',
  sex: 'F',
  phone: '06 39 98 15 60',
  street: '9 chemin des Genêts',
  commune: 'Lunel',
}
const name = `${patient.firstName} ${patient.birthName}`

test('un signe d’alerte arrête la demande et renvoie au 15', async ({ as }) => {
  const desk = await as('coordination')
  await newRequest(desk)
  await choose(desk, /douleur dans la poitrine/i, 'Oui')
  const stop = desk.getByRole('alert').filter({ hasText: 'Appelez le 15' })
  await expect(stop.getByRole('link', { name: '15' }).first()).toHaveAttribute('href', 'tel:15')
  await expect(desk.getByRole('button', { name: /^Enregistrer la demande/ })).toBeHidden()
  await fillPatient(desk, { ...patient, birthName: newFamily('Sauvegrain'), firstName: 'Isaure' })
  await stop.getByRole('button', { name: 'Garder une trace de cet appel' }).click()
  await expect(desk.getByRole('article')).toContainText('Réorienté')
  await expect(desk.getByRole('note')).toContainText('Appelez maintenant')
})

test('un soin non programmé est trié, proposé, accepté avec un rendez-vous, et le patient est vu', async ({
  as,
  api,
}) => {
  const desk = await as('coordination')
  const doctorName = (await (await api('medecin2')).get('/me', Me)).account.displayName
  const reference = await test.step('la coordination prend la demande au téléphone', async () => {
    await newRequest(desk)
    for (let index = 0; index < redFlags.length; index += 1) {
      await desk.locator('[data-pointer^="/redFlags/"]').nth(index).getByText('Non', { exact: true }).click()
    }
    await fillPatient(desk, patient)
    await desk.getByLabel('Dit par l’appelant').fill('Fièvre depuis hier, mal à l’oreille gauche')
    await desk.getByRole('checkbox', { name: /Peut attendre 48/ }).check()
    await desk.getByRole('checkbox', { name: /accepte que la CPTS partage/ }).check()
    await desk.getByRole('button', { name: /^Enregistrer la demande/ }).click()
    await expect(desk).toHaveURL(/\/SNP-\d{4}-\d+$/)
    return desk.url().split('/').at(-1) ?? ''
  })

  await test.step('elle la trie et la propose à un médecin', async () => {
    await desk.getByRole('button', { name: 'Trier', exact: true }).click()
    const triage = dialog(desk, /^Trier/)
    await choose(triage, 'Niveau', 'U3, sous 48 h')
    await choose(triage, 'Selon', 'Le demandeur')
    await triage.getByRole('button', { name: 'Trier' }).click()
    await expect(triage).toBeHidden()
    await propose(desk, /^Praticiens possibles/, doctorName)
  })

  const doctor = await as('medecin2', phone)
  await test.step('le médecin lit un aperçu sans identité et accepte avec un rendez-vous', async () => {
    await openProposal(doctor, await api('medecin2'), reference)
    await expectAnonymous(doctor, patient)
    await doctor.getByRole('group', { name: 'Rendez-vous proposé' }).getByRole('button').first().click()
    await doctor.getByRole('button', { name: 'Accepter' }).click()
    await expect(doctor.getByRole('heading', { name })).toBeVisible()
    await openCase(desk, reference)
    await expect(desk.getByRole('article')).toContainText('RDV fixé')
  })

  await test.step('il note qu’il a vu la patiente, et la demande est finie', async () => {
    await doctor.getByRole('button', { name: 'Patiente vue' }).click()
    const seen = doctor.getByRole('dialog')
    await seen.getByRole('button', { name: 'Rien de plus' }).click()
    await seen.getByRole('button', { name: 'Noter la consultation' }).click()
    await expect(seen).toBeHidden()
    await openCase(desk, reference)
    await expect(desk.getByRole('article')).toContainText('Vu')
  })
})

async function newRequest(desk: Page): Promise<void> {
  await desk.getByRole('link', { name: 'Nouvelle demande' }).click()
  await desk
    .getByRole('navigation', { name: 'Type de demande' })
    .getByRole('link', { name: 'Soin non programmé' })
    .click()
}
