import { Me } from '@maillage/contracts/accounts'
import { FreeSlots } from '@maillage/contracts/slots/care-slots'
import { PublishedSlots } from '@maillage/contracts/slots/slots'
import { redFlags, UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { expect } from '@playwright/test'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { choose, dialog, openCase, sheet } from '../support/screens.ts'

const family = newFamily('Crenelle')

/** A request triaged for a visit at a distance: no slot of the demo is of that kind. */
async function aRequest(desk: Caller, firstName: string): Promise<UnscheduledCare> {
  const opened = await desk.post(
    '/unscheduled-cares',
    {
      patient: {
        birthName: family,
        firstName,
        birthDate: '1979-04-12',
        sex: 'female',
        phones: ['+33639988842'],
        address: { municipality: '34145', postalCode: '34400' },
      },
      redFlags: Object.fromEntries(redFlags.map((flag) => [flag, false])),
      consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'Coordination' },
      channel: 'phone',
      details: { reason: 'Mal de gorge' },
      requestedLevel: 'U3',
      confirmNotDuplicate: true,
    },
    UnscheduledCare,
  )
  const triage = { action: 'triage', level: 'U3', basis: 'requester', mode: 'tele', profession: 'physician' }
  return await desk.post(
    `/unscheduled-cares/${opened.id}/moves`,
    { ...triage, version: opened.version },
    UnscheduledCare,
  )
}

/** The day after tomorrow in Paris: to come at any hour of the run, and within the search. */
const soon = (): string =>
  new Date(Date.now() + 2 * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })

test('un médecin publie, la coordination retient puis réserve, une collègue trop tardive prend le suivant', async ({
  as,
  api,
  expectRefusal,
}) => {
  const desk = await api('coordination')
  const [first, second] = [await aRequest(desk, 'Ombeline'), await aRequest(desk, 'Sidonie')]
  const doctor = await as('medecin2', phone)

  await test.step('le médecin publie deux créneaux à distance, depuis son téléphone', async () => {
    await doctor.goto('/mes-creneaux')
    await doctor.getByRole('button', { name: 'Publier', exact: true }).click()
    const form = dialog(doctor, 'Publier des créneaux')
    await form.getByLabel('Jour', { exact: true }).fill(soon())
    await form.getByLabel('Premier créneau à').fill('06:10')
    await form.getByLabel('Créneaux à la suite').fill('2')
    await choose(form, 'Où', 'À distance')
    await form.getByRole('button', { name: 'Publier' }).click()
    await expect(form).toBeHidden()
    await expect(doctor.getByRole('button', { name: 'Fermer le créneau de 6:10' })).toBeVisible()
  })

  const early = await as('coordination')
  const late = await as('coordination2')
  await test.step('la coordination retient le premier créneau et voit le compte à rebours', async () => {
    await openCase(early, first.reference)
    const free = sheet(early, 'Créneaux libres')
    await expect(free.getByRole('listitem')).not.toHaveCount(0)
    await openCase(late, second.reference)
    await expect(sheet(late, 'Créneaux libres').getByRole('listitem')).not.toHaveCount(0)
    await free
      .getByRole('listitem')
      .first()
      .getByRole('button', { name: /^Retenir/ })
      .click()
    await expect(free.getByRole('timer')).toHaveText(/^1[45]:\d{2}$/)
  })

  await test.step('la collègue, trop tard, se voit proposer le suivant', async () => {
    expectRefusal(late, 409, /\/slot-hold$/)
    const free = sheet(late, 'Créneaux libres')
    await free
      .getByRole('listitem')
      .first()
      .getByRole('button', { name: /^Retenir/ })
      .click()
    await expect(free.getByRole('alert')).toContainText('vient d’être pris')
    await free.getByRole('button', { name: 'Retenir celui-ci' }).click()
    await expect(free.getByRole('timer')).toBeVisible()
    await free.getByRole('button', { name: 'Rendre le créneau' }).click()
    await expect(free.getByRole('timer')).toBeHidden()
  })

  await test.step('le créneau retenu est réservé, et le praticien y trouve la patiente', async () => {
    await sheet(early, 'Créneaux libres').getByRole('button', { name: 'Réserver', exact: true }).click()
    await expect(early.getByRole('article')).toContainText('RDV fixé')
    await doctor.reload()
    await doctor
      .getByRole('button', { name: 'Voir le rendez-vous de 6:10' })
      .or(doctor.getByRole('button', { name: 'Voir le rendez-vous de 6:30' }))
      .click()
    const visit = doctor.getByRole('dialog')
    await expect(visit).toContainText(family)
    await expect(visit.getByRole('link', { name: '06 39 98 88 42' })).toBeVisible()
    await visit.getByRole('button', { name: 'Patiente vue' }).click()
    const seen = dialog(doctor, 'Noter la consultation')
    await seen.getByRole('button', { name: 'Revoir le médecin traitant' }).click()
    await seen.getByLabel('Mot pour le médecin traitant').fill('Angine virale')
    await seen.getByRole('button', { name: 'Noter la consultation' }).click()
    await expect(seen).toBeHidden()
    await openCase(early, first.reference)
    await expect(early.getByRole('article')).toContainText('Angine virale')
  })

  await test.step('ce qui reste libre se ferme d’un geste, et se rouvre', async () => {
    await doctor.reload()
    const close = doctor.getByRole('button', { name: /^Fermer le créneau de 6:/ })
    await expect(close).toHaveCount(1)
    await close.click()
    await doctor
      .getByRole('button', { name: /^Annuler/ })
      .last()
      .click()
    await expect(close).toHaveCount(1)
  })

  await test.step('une CPTS voisine n’en voit rien', async () => {
    const { practitionerId } = (await (await api('medecin2')).get('/me', Me)).memberships[0] ?? {}
    const body = {
      day: soon(),
      time: '07:10',
      durationMinutes: 20,
      count: 1,
      capacity: 1,
      mode: 'tele',
      visibility: ['SNP'],
    }
    const stranger = (await api('voisine')).post(`/practitioners/${practitionerId}/slots`, body, PublishedSlots)
    await expect(stranger).rejects.toThrow(/404/)
    const seen = await desk.get(`/unscheduled-cares/${second.id}/free-slots`, FreeSlots)
    expect(seen.items.length).toBeGreaterThan(0)
  })
})
