import { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { Organizations } from '@maillage/contracts/territory'
import { expect, type Locator } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import type { Caller } from '../support/api.ts'
import { newFamily } from '../support/invented.ts'
import { phone, test } from '../support/journey.ts'
import { choose, dialog } from '../support/screens.ts'

const hour = 3_600_000
const name = `Auguste ${newFamily('Vendémian')}`

test('la coordination lit ses sorties par jour, et n’en déplace une qu’en sachant ce qui s’ensuit', async ({
  as,
  api,
}) => {
  const discharge = await askDischarge(await api('hopital'))
  const desk = await as('coordination')
  await desk.getByRole('link', { name: 'Sorties', exact: true }).click()
  const card = desk.getByRole('article').filter({ hasText: name })
  await test.step('la carte dit l’heure, les besoins et ce qui presse', async () => {
    await expect(card).toContainText('nouveau')
    await expect(card).toContainText('Infirmière')
    await expect(card).toContainText('à proposer')
    await expect(card).toContainText(/Sortie dans \d+\sh/)
    await expect(card).toContainText(/Réception à confirmer/)
    await expectAccessible(desk)
  })

  const before = await columnOf(card)
  await test.step('au clavier, elle vise le jour suivant, lit les conséquences et déplace', async () => {
    await card.getByRole('link', { name }).focus()
    await desk.keyboard.press('ArrowRight')
    await expect(desk.getByText('Entrée : déplacer ici')).toBeVisible()
    await desk.keyboard.press('Enter')
    const moving = dialog(desk, new RegExp(`^Changer la date de sortie, ${name}`))
    await expect(moving.getByRole('region', { name: 'Conséquences du changement' })).toContainText(
      'Sortie repoussée de 1 jour. Personne n’a encore accepté.',
    )
    await moving.getByRole('button', { name: 'Changer la date' }).click()
    await expect(moving).toContainText('Choisissez un motif.')
    await choose(moving, 'Pourquoi', 'Raison médicale')
    await moving.getByRole('button', { name: 'Changer la date' }).click()
    await expect(moving).toBeHidden()
    await expect.poll(() => columnOf(card)).not.toBe(before)
    await expect(card).toContainText(/Repoussée de \p{L}+ à \p{L}+/u)
    await expect(card.getByRole('link', { name })).toBeFocused()
  })
  await test.step('le changement est dans le dossier et parmi ceux d’hier', async () => {
    const { details } = await (await api('coordination')).get(`/hospital-discharges/${discharge.id}`, HospitalDischarge)
    const shift = Date.parse(details.expectedDischargeAt) - Date.parse(discharge.details.expectedDischargeAt)
    expect(Math.round(shift / hour)).toBe(24)
    await desk.getByText(/^Depuis hier/).click()
    await expect(desk.getByRole('group').filter({ hasText: 'Depuis hier' })).toContainText(name)
  })
  await test.step('le menu mène au même dialogue, et fermer ne change rien', async () => {
    await card.getByRole('button', { name: `Déplacer ou imprimer, ${name}` }).click()
    // The first may be today, at an hour that has passed.
    await desk
      .getByRole('menuitem', { name: /^Déplacer au/ })
      .last()
      .click()
    await expect(dialog(desk, /^Changer la date de sortie/)).toBeVisible()
    await desk.keyboard.press('Escape')
    await expect(dialog(desk, /^Changer la date de sortie/)).toBeHidden()
  })
})

test('sur un téléphone, un jour à la fois', async ({ as }) => {
  const desk = await as('coordination', phone)
  await desk.goto('/sorties')
  await expect(desk.getByRole('tab', { name: /^Aujourd’hui/ })).toHaveAttribute('aria-selected', 'true')
  await desk.getByRole('tab', { name: /^Après/ }).click()
  await expect(desk.getByRole('tabpanel')).toHaveAccessibleName(/^Plus tard/)
  expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await expectAccessible(desk)
})

async function askDischarge(ward: Caller): Promise<HospitalDischarge> {
  const { items } = await ward.get('/units', Organizations)
  const unitId = items[0]?.units[0]?.id
  const expectedDischargeAt = new Date(Date.now() + 30 * hour).toISOString()
  const [firstName, birthName] = name.split(' ')
  return await ward.post(
    '/hospital-discharges',
    {
      patient: {
        birthName,
        firstName,
        birthDate: '1947-09-21',
        sex: 'male',
        phones: ['+33639985233'],
        address: { line: '9 rue des Tamaris', municipality: '34145' },
      },
      consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'Service d’essai' },
      channel: 'hospital',
      submit: true,
      details: {
        unitId,
        expectedDischargeAt,
        destination: 'home',
        livesAlone: true,
        had: 'not_needed',
        usualTeam: [],
        callBack: { phone: '+33465710101', hours: '9 h – 17 h' },
        patientInformed: true,
        hasGp: true,
      },
      needs: [
        {
          type: 'home-nurse',
          startAt: expectedDischargeAt,
          atHome: true,
          prescriptionAvailable: true,
          vital: true,
        },
      ],
    },
    HospitalDischarge,
  )
}

/** The day under which a card stands. */
const columnOf = (card: Locator): Promise<string | null | undefined> =>
  card.evaluate((element) => element.closest('section')?.getAttribute('aria-label'))
