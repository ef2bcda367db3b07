import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Me } from '@maillage/contracts/accounts'
import { GpSearch } from '@maillage/contracts/gp-search'
import { PractitionerId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import { OwnNoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import { OwnProposal, Proposed } from '@maillage/contracts/proposals'
import { expect } from '@playwright/test'
import type { Caller } from '../support/api.ts'
import { emailOf } from '../support/demo.ts'
import { newFamily } from '../support/invented.ts'
import { phone, signInByHand, test } from '../support/journey.ts'
import { dialog, openCase } from '../support/screens.ts'

/** The messages to somebody that a trial wrote beside its data, by file, as a mail reader unfolds them. */
function messagesTo(email: string): Map<string, string> {
  const folder = path.join(process.env.MAILLAGE_E2E_DATA_DIR ?? '', 'courrier')
  const files = readdirSync(folder).filter((file) => file.endsWith('.eml'))
  const messages = files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const)
  return new Map(
    messages
      .filter(([, message]) => message.includes(`To: ${email}`))
      .map(([file, message]) => [file, message.replaceAll(/=\r?\n/g, '')]),
  )
}

/** The call sheets of a case that left by MSSanté: a trial writes them beside its data. */
function sheetsNaming(reference: string): string[] {
  const folder = path.join(process.env.MAILLAGE_E2E_DATA_DIR ?? '', 'mssante')
  // Made when the first one is written.
  if (!existsSync(folder)) return []
  const file = `fiche-d-appel-${reference.toLowerCase()}.pdf`
  return readdirSync(folder).filter((one) => readFileSync(path.join(folder, one), 'utf8').includes(file))
}

/** Whatever the hour of the night: nothing is quiet for this person, and nothing waits for a day's message. */
async function withoutQuiet(caller: Caller): Promise<void> {
  const { choices, version } = await caller.get('/notification-choices', OwnNoticeChoices)
  const open = { ...choices, groups: {}, quiet: null, digest: { every: 'at-once' } }
  await caller.put('/notification-choices', { choices: open, version }, OwnNoticeChoices)
}

/** A search of an invented patient, whose address exists nowhere. */
async function openSearch(desk: Caller, birthName: string): Promise<GpSearch> {
  const opening = {
    patient: {
      birthName,
      firstName: 'Ophélie',
      birthDate: '1966-04-11',
      sex: 'female',
      phones: [],
      email: `${birthName.toLowerCase()}@essai.invalid`,
      address: { municipality: '34145' },
    },
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'La coordination' },
    channel: 'phone',
    details: {},
    confirmNotDuplicate: true,
  }
  const { id, version } = await desk.post('/gp-searches', opening, GpSearch)
  return await desk.post(`/gp-searches/${id}/moves`, { action: 'qualify', version }, GpSearch)
}

test('un médecin reçoit un courriel, l’ouvre, se connecte et arrive sur la proposition', async ({
  api,
  visitor,
  as,
}) => {
  const desk = await api('coordination')
  const caller = await api('medecin2')
  await withoutQuiet(caller)
  const family = newFamily('Courriel')
  const search = await openSearch(desk, family)
  const { current } = await caller.get('/me', Me)
  const before = messagesTo(emailOf('medecin2'))
  const round = {
    mode: 'direct',
    practitionerIds: [PractitionerId.parse(current?.practitionerId)],
    version: search.version,
  }
  const { items } = await desk.post(`/gp-searches/${search.id}/proposals`, round, Proposed)
  const [proposal] = items

  const message = await test.step('le courriel part, sans nom ni mot de santé', async () => {
    const fresh = (): string[] =>
      [...messagesTo(emailOf('medecin2'))].filter(([file]) => !before.has(file)).map(([, text]) => text)
    await expect.poll(() => fresh().length, { timeout: 60_000, intervals: [500] }).toBeGreaterThan(0)
    const [text = ''] = fresh()
    for (const word of [family, 'Ophélie', '1966', search.reference]) expect(text.includes(word), word).toBe(false)
    return text
  })

  await test.step('son lien demande de se connecter, et mène à la proposition', async () => {
    const doctor = await visitor(phone)
    const [link = ''] = /\/ouvrir\/[\w-]{64}/.exec(message) ?? []
    await doctor.goto(link)
    await signInByHand(doctor, 'medecin2')
    await expect(doctor).toHaveURL(new RegExp(`/propositions/${proposal?.id}`))
    await expect(doctor.getByRole('button', { name: 'Accepter' })).toBeVisible()

    await doctor.goto('/messages')
    await expect(doctor.getByRole('link', { name: 'Une nouvelle proposition vous attend' }).first()).toBeVisible()
    await doctor.goto('/notifications')
    await doctor.getByRole('switch', { name: 'Heures calmes' }).click()
    await doctor.getByLabel('De', { exact: true }).fill('21:15')
    await doctor.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(doctor.getByText('Vos choix sont enregistrés').first()).toBeVisible()
    const { choices } = await caller.get('/notification-choices', OwnNoticeChoices)
    expect(choices.quiet).toEqual({ from: 21 * 60 + 15, until: 7 * 60 + 30 })
  })

  await test.step('l’accusé de réception du patient n’est pas arrivé : la coordination le voit, et s’en occupe', async () => {
    const coordination = await as('coordination')
    await expect(async () => {
      await coordination.goto('/messages-non-remis')
      await expect(coordination.getByRole('listitem').filter({ hasText: family })).toBeVisible({ timeout: 2000 })
    }).toPass({ timeout: 60_000 })
    const line = coordination.getByRole('listitem').filter({ hasText: family })
    await expect(line).toContainText('Appelez la personne')
    await line.getByRole('button', { name: /^Traité/ }).click()
    await expect(line).toHaveCount(0)
  })
})

test('la fiche d’appel part par MSSanté à qui a accepté, et à personne d’autre', async ({ api, as }) => {
  const doctor = await api('medecin')
  const { items } = await doctor.get('/proposals?status=accepted&limit=1', pageOf(OwnProposal))
  const sheets = (): string[] => sheetsNaming(items[0]?.reference ?? '')
  const before = sheets().length
  const page = await as('coordination')
  await openCase(page, items[0]?.reference ?? '')
  const dialogOf = async () => {
    await page.getByRole('button', { name: /^Autres actions/ }).click()
    await page.getByRole('menuitem', { name: 'Envoyer la fiche d’appel par MSSanté' }).click()
    return dialog(page, /MSSanté/)
  }
  await expect(async () => {
    const asked = await dialogOf()
    await expect(asked.getByText('cabinet@medecin.mssante.example')).toBeVisible()
    await page.keyboard.press('Escape')
    expect(await asked.getByText('En route').count()).toBe(0)
  }).toPass({ timeout: 60_000 })
  await (await dialogOf()).getByRole('button', { name: /^Envoyer/ }).click()
  await expect(page.getByText(/^La fiche part par MSSanté/).first()).toBeVisible()
  await expect(page.getByText(/envoyé la fiche d’appel par MSSanté/).first()).toBeVisible()
  await expect.poll(() => sheets().length, { timeout: 60_000, intervals: [500] }).toBeGreaterThan(before)
})

test('une administratrice reformule un message, et voit ce qui en partira', async ({ as, expectRefusal }) => {
  const admin = await as('admin')
  await admin.goto('/modeles-de-messages?genre=visit-told')
  const subject = admin.getByLabel('Objet')
  await subject.fill('Des nouvelles d’une demande')
  const letter = admin.getByTitle('Aperçu de l’e-mail')
  await expect(letter).toHaveAttribute('srcdoc', /<h1[^>]*>Des nouvelles d’une demande</)

  await subject.fill('Des nouvelles d’un patient')
  await expect(admin.getByText('touche à la santé')).toBeVisible()
  expectRefusal(admin, 422, /\/message-templates\/visit-told$/)
  await admin.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(admin.getByText('Ces mots ne peuvent pas partir')).toBeVisible()

  await subject.fill('Des nouvelles d’une demande')
  await admin.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(admin.getByText('Message reformulé').first()).toBeVisible()
  await admin.getByRole('button', { name: 'Remettre les mots d’origine' }).click()
  await expect(subject).toHaveValue('Un retour est arrivé sur une de vos demandes')
})
