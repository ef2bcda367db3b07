import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aBrowser, type Browser } from '../../../test/a-browser.ts'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { registrationConsents, registrationDrafts, registrations } from './public-registration.table.ts'

let tested: TestApp
let cptsId: CptsId
let browser: Browser
const monday = new Date('2026-03-02T09:00:00Z')
let now = monday
// Nobody else's commune: only this CPTS answers there.
const commune = '2A041'

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested, { name: 'CPTS de l’Extrême-Sud', municipalities: [commune, '2A247'] })
})
afterAll(() => tested.close())
beforeEach(() => {
  now = monday
  browser = aBrowser(tested)
})

const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
let count = 0
const anEmail = (): string => {
  count += 1
  return `personne${count}@essai.example`
}
const who = {
  birthName: 'Léca',
  firstName: 'Ghjuvan',
  birthDateDay: '7',
  birthDateMonth: '3',
  birthDateYear: '1948',
  sex: 'male',
}
const identity = (over: Record<string, string> = {}) => ({ ...who, email: anEmail(), line: '3 rue du Port', ...over })

async function begin(at: Browser = browser, code = commune): Promise<void> {
  await at.get(`/demande?commune=${code}`)
  expect(await at.post('/demande/commencer', { commune: code, cpts: cptsId })).toMatchObject({
    location: '/demande/vous',
  })
  await at.get('/demande/vous')
}

async function fill(fields: Record<string, string>, at: Browser = browser): Promise<void> {
  await begin(at)
  expect(await at.post('/demande/vous', fields)).toMatchObject({ status: 303, location: '/demande/foyer' })
  expect(await at.post('/demande/foyer', { asker: 'self' })).toMatchObject({ location: '/demande/situation' })
  const situation = { hasLongTermCondition: 'yes', treatmentDaysLeft: '6', doctorsContacted: 'Dr Un\r\nDr Deux' }
  expect(await at.post('/demande/situation', situation)).toMatchObject({ location: '/demande/souhaits' })
  expect(await at.post('/demande/souhaits', { maxDistanceKm: '10' })).toMatchObject({
    location: '/demande/verification',
  })
}

async function send(fields: Record<string, string>, at: Browser = browser) {
  await fill(fields, at)
  now = later(2)
  await at.get('/demande/verification')
  return at.post('/demande/verification', { consent: 'yes', noticeVersion: 'produit-1' })
}

const latest = async () => {
  const [row] = await prepare(tested, (tx) =>
    tx.select().from(registrations).where(eq(registrations.cptsId, cptsId)).orderBy(desc(registrations.id)).limit(1),
  )
  if (!row) throw new Error('Nothing was registered')
  return row
}
/** The links leave with the messages: a test makes its own, for the same thing. */
const link = (purpose: 'registration-confirm' | 'registration-follow-up', subjectId: string) =>
  tested.deps.db.transaction(cptsId, (tx) =>
    issueLink(tx, { cptsId, purpose, subjectId, expiresAt: new Date('2027-01-01T00:00:00Z'), now }),
  )
const told = (about: string) =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(notices)
      .where(and(eq(notices.cptsId, cptsId), eq(notices.about, about))),
  )

async function confirmed(fields: Record<string, string> = identity()) {
  await send(fields)
  const { id } = await latest()
  const token = await link('registration-confirm', id)
  await browser.get(`/demande/confirmation/${token}`)
  const page = await browser.post(`/demande/confirmation/${token}`)
  expect([page.status, page.html]).toEqual([200, expect.stringContaining('Votre demande est enregistrée')])
  const registration = await latest()
  return { registration, page, token, caseId: registration.caseId ?? '' }
}
const caseOf = async (id: string) => {
  const [row] = await prepare(tested, (tx) =>
    tx
      .select()
      .from(cases)
      .where(eq(cases.id, id as typeof cases.id._.data)),
  )
  if (!row) throw new Error('No such case')
  return row
}
async function visit(registrationId: string, at: Browser = browser) {
  const token = await link('registration-follow-up', registrationId)
  await at.get(`/suivi/${token}`)
  const answer = await at.post(`/suivi/${token}`, { birthDateDay: '07', birthDateMonth: '03', birthDateYear: '1948' })
  return { token, answer }
}

describe('a request', () => {
  test('is kept until its link is opened, and is a case of the queue from then on', async () => {
    expect(await send(identity({ firstName: 'Zoé 🌻' }))).toMatchObject({ status: 303, location: '/demande/envoyee' })
    const before = await latest()
    expect(before).toMatchObject({ caseId: null, confirmedAt: null, noticeVersion: 'produit-1' })
    expect(await told(before.id)).toMatchObject([
      { kind: 'registration-confirm', link: { subjectId: before.id, days: 7 } },
    ])
    const token = await link('registration-confirm', before.id)
    // Mail programs open links by themselves: opening alone confirms nothing.
    await browser.get(`/demande/confirmation/${token}`)
    expect((await latest()).confirmedAt).toBeNull()
    await browser.post(`/demande/confirmation/${token}`)
    const after = await latest()
    expect(after).toMatchObject({ answers: null, expiresAt: null, confirmedAt: now })
    const row = await caseOf(after.caseId ?? '')
    expect(row).toMatchObject({ status: 'submitted', channel: 'public', lookAlike: false, municipalityCode: commune })
    expect(row.consent).toMatchObject({ channel: 'online', informedBy: 'Notice produit-1' })
    expect(row.priority.contributions.map(({ factor }) => factor)).toContain('long-term-condition')
    expect((await told(before.id)).map(({ kind }) => kind).sort()).toEqual([
      'registration-confirm',
      'registration-follow-up',
    ])
    const consents = await prepare(tested, (tx) =>
      tx.select().from(registrationConsents).where(eq(registrationConsents.registrationId, before.id)),
    )
    expect(consents).toMatchObject([{ isGiven: true, noticeVersion: 'produit-1', channel: 'online' }])
  })

  test('its link serves once, even to two at the same moment, and not after its time', async () => {
    await send(identity())
    const { id } = await latest()
    const token = await link('registration-confirm', id)
    await browser.get(`/demande/confirmation/${token}`)
    const answers = await Promise.all([1, 2, 3].map(() => browser.post(`/demande/confirmation/${token}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404])
    const again = await browser.post(`/demande/confirmation/${token}`)
    expect([again.status, again.html]).toEqual([404, expect.stringContaining('Ce lien ne sert plus')])
    await send(identity())
    const late = await link('registration-confirm', (await latest()).id)
    now = new Date('2026-03-20T09:00:00Z')
    expect((await browser.post(`/demande/confirmation/${late}`)).status).toBe(404)
  })

  test('of somebody who is known reads the same pages, and the coordinator gets the flag', async () => {
    const first = await confirmed(identity({ birthName: 'Ornano', firstName: 'Bianca' }))
    const second = await confirmed(identity({ birthName: 'ORNANO', firstName: 'bianca' }))
    const bare = (html: string) => html.replaceAll(/MT-\d{4}-\d+|value="[^"]*"/g, '')
    expect(bare(second.page.html)).toBe(bare(first.page.html))
    expect([(await caseOf(first.caseId)).lookAlike, (await caseOf(second.caseId)).lookAlike]).toEqual([false, true])
    const kinds = (rows: Awaited<ReturnType<typeof told>>) =>
      rows.map(({ kind, values, link: to }) => [kind, values, to && 'purpose' in to && to.purpose]).sort()
    const [one, other] = [await told(first.registration.id), await told(second.registration.id)]
    expect(kinds(other)).toEqual(kinds(one))
  })

  test('sent twice at once is kept once', async () => {
    await fill(identity())
    now = later(2)
    await browser.get('/demande/verification')
    const fields = { consent: 'yes', noticeVersion: 'produit-1' }
    const before = (await prepare(tested, (tx) => tx.select().from(registrations))).length
    await Promise.all([browser.post('/demande/verification', fields), browser.post('/demande/verification', fields)])
    expect((await prepare(tested, (tx) => tx.select().from(registrations))).length - before).toBe(1)
  })

  test('fills nobody’s mailbox: three messages a day to an address', async () => {
    const email = anEmail()
    for (let turn = 0; turn < 5; turn += 1) expect((await send(identity({ email }))).location).toBe('/demande/envoyee')
    const sent = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.email, email)))
    expect(sent).toHaveLength(3)
  })

  test('for a child names the parent to call, and tells of the household', async () => {
    await begin()
    await browser.post('/demande/vous', identity({ birthDateYear: '2019', phone: '06 39 98 12 34', email: '' }))
    const refused = await browser.post('/demande/foyer', { asker: 'self', others: '3', together: 'yes' })
    expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('Écrivez le nom du parent')])
    // What was typed is still there.
    expect(refused.html).toContain('value="3"')
    const parent = { asker: 'parent', askerName: 'Paule Léca', askerLink: 'mère', others: '3', together: 'yes' }
    await browser.post('/demande/foyer', parent)
    await browser.post('/demande/situation')
    await browser.post('/demande/souhaits')
    now = later(2)
    await browser.get('/demande/verification')
    await browser.post('/demande/verification', { consent: 'yes', noticeVersion: 'produit-1' })
    const token = await link('registration-confirm', (await latest()).id)
    await browser.post(`/demande/confirmation/${token}`)
    const row = await caseOf((await latest()).caseId ?? '')
    const [patient] = await prepare(tested, (tx) => tx.select().from(patients).where(eq(patients.id, row.patientId)))
    expect(patient).toMatchObject({ guardian: { name: 'Paule Léca', relationship: 'mère' }, phones: ['+33639981234'] })
    const events = await prepare(tested, (tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, row.id)))
    expect(events.map(({ text }) => text).join()).toContain('3 autres personnes du foyer')
  })
})

describe('the pages of a request', () => {
  test('refuse faults all at once, lead to each, and keep what was typed', async () => {
    await begin()
    const page = await browser.post('/demande/vous', {
      ...who,
      birthName: '',
      birthDateMonth: '13',
      email: 'nom@',
      phone: '12',
    })
    expect(page.status).toBe(422)
    expect(page.html).toMatch(/<title>Erreur\s: /)
    for (const id of ['birthName', 'birthDateDay', 'email', 'phone']) expect(page.html).toContain(`href="#${id}"`)
    expect(page.html).toContain('value="nom@"')
    expect((await browser.get('/demande/vous')).html).toContain('value="Ghjuvan"')
    expect((await browser.get('/demande/verification')).location).toBe('/demande/vous')
  })

  test('without a way to receive a link, say to call the CPTS; a landline is none', async () => {
    await begin()
    for (const phone of ['', '04 95 00 00 00']) {
      const page = await browser.post('/demande/vous', identity({ email: '', phone }))
      expect([page.status, page.html]).toEqual([422, expect.stringContaining('appelez-nous')])
    }
  })

  test('escape what is typed, whatever it is', async () => {
    await begin()
    const page = await browser.post('/demande/vous', {
      ...who,
      birthName: '"><script>alert(1)</script>{{ 7 }}',
      email: '',
    })
    expect(page.html).not.toContain('<script')
    expect(page.html).toContain('&lt;script&gt;')
    expect(page.html).toContain('{{ 7 }}')
  })

  test('hold no answer in an address, ask no number of social security, and weigh little', async () => {
    await fill(identity())
    now = later(2)
    for (const url of [
      '/demande',
      `/demande?commune=${commune}`,
      '/demande/vous',
      '/demande/foyer',
      '/demande/situation',
      '/demande/souhaits',
      '/demande/verification',
      '/demande/envoyee',
      '/demande/donnees',
      '/demande/accessibilite',
      '/suivi',
      '/suivi/lien-perdu',
    ]) {
      const { html, status, headers } = await browser.get(url)
      expect([url, status]).toEqual([url, 200])
      expect(Buffer.byteLength(html)).toBeLessThan(30_000)
      expect(html).toContain('href="tel:15"')
      expect(html).toContain('href="tel:112"')
      expect(html.match(/<h1>/g)).toHaveLength(1)
      expect(html).not.toMatch(/<script|NIR|method="get"[^>]*demande\/(vous|foyer)/)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  test('expire, and lead back to the beginning', async () => {
    await fill(identity())
    now = later(181)
    expect((await browser.get('/demande/verification')).location).toBe('/demande?expiree=1')
    expect((await browser.post('/demande/vous', identity())).location).toBe('/demande?expiree=1')
    expect((await browser.get('/demande?expiree=1')).html).toContain('trop longtemps')
  })

  test('the browser of somebody else finds nothing, and a draft is its browser’s alone', async () => {
    await fill(identity())
    const other = aBrowser(tested)
    expect((await other.get('/demande/verification')).location).toBe('/demande?expiree=1')
    other.cookies.set('maillage-demande', `${'A'.repeat(64)}`)
    expect((await other.get('/demande/vous')).location).toBe('/demande?expiree=1')
  })

  test('need the agreement to the text that stands, and time to read', async () => {
    await fill(identity())
    await browser.get('/demande/verification')
    const fast = await browser.post('/demande/verification', { consent: 'yes', noticeVersion: 'produit-1' })
    expect([fast.status, fast.html]).toEqual([422, expect.stringContaining('Relisez vos réponses')])
    now = later(2)
    const without = await browser.post('/demande/verification', { noticeVersion: 'produit-1' })
    expect([without.status, without.html]).toEqual([422, expect.stringContaining('Cochez la case')])
    const older = await browser.post('/demande/verification', { consent: 'yes', noticeVersion: '0' })
    expect([older.status, older.html]).toEqual([422, expect.stringContaining('vient de changer')])
  })

  test('answer a program that fills in every box, and keep nothing', async () => {
    const before = (await prepare(tested, (tx) => tx.select().from(registrations))).length
    expect(await send(identity({ website: 'https://vendre.example' }))).toMatchObject({ location: '/demande/envoyee' })
    expect((await prepare(tested, (tx) => tx.select().from(registrations))).length).toBe(before)
  })

  test('refuse a form that another site sends, or that no page of ours made', async () => {
    await begin()
    const elsewhere = await browser.post('/demande/vous', identity(), { origin: 'https://piege.example' })
    const site = await browser.post('/demande/vous', identity(), { 'sec-fetch-site': 'cross-site' })
    const forged = await browser.post('/demande/vous', { ...identity(), formToken: 'x' })
    const blind = await tested.app.inject({
      method: 'POST',
      url: '/demande/vous',
      payload: 'birthName=X',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([elsewhere.status, site.status, forged.status, blind.statusCode]).toEqual([403, 403, 400, 400])
    const [draft] = await prepare(tested, (tx) =>
      tx.select().from(registrationDrafts).orderBy(desc(registrationDrafts.id)).limit(1),
    )
    expect(draft?.answers).toEqual({})
  })

  test.each([
    ['ten megabytes', 413, 'x'.repeat(10 * 1024 * 1024), 'application/x-www-form-urlencoded'],
    ['another sort of body', 400, '{"a":1}', 'application/json'],
    ['a broken escape', 400, 'a=%ZZ&=&&%00', 'application/x-www-form-urlencoded'],
  ])('%s is a page that says so', async (_, status, payload, type) => {
    await begin()
    const answer = await tested.app.inject({
      method: 'POST',
      url: '/demande/vous',
      payload,
      headers: { 'content-type': type },
    })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8'])
    expect(answer.body).toContain('<h1>')
  })
})

describe('the commune says who answers', () => {
  test('Corsica’s codes, however written, accents and a postal code', async () => {
    expect((await browser.get('/demande?commune=2a041')).html).toContain('Bonifacio')
    expect((await browser.get('/demande?ville=20169')).html).toContain('/demande?commune=2A041')
    expect((await browser.get(`/demande?ville=${encodeURIComponent('Béziers')}`)).html).toContain(
      '/demande?commune=34032',
    )
    expect((await browser.get('/demande?ville=zzzzz')).html).toContain('Aucune commune')
  })

  test('one that nobody covers gets a page that helps; a code that is none, the search', async () => {
    const page = await browser.get('/demande?commune=75056')
    expect([page.status, page.html]).toEqual([200, expect.stringContaining('médiateur')])
    expect((await browser.get('/demande?commune=99999')).html).toContain('cherchez-la par son nom')
    expect((await browser.get('/demande?commune=a&commune=b')).status).toBe(200)
  })

  test('a request begins with a CPTS that covers the commune, and no other', async () => {
    const other = await aCpts(tested, { municipalities: ['33063'] })
    await browser.get(`/demande?commune=${commune}`)
    expect((await browser.post('/demande/commencer', { commune, cpts: other })).status).toBe(404)
    expect((await browser.post('/demande/commencer', { commune: '75056', cpts: cptsId })).status).toBe(404)
  })
})

describe('the follow-up', () => {
  test('opens by the link and the birth date, and by nothing less, with the same page for each miss', async () => {
    const { registration } = await confirmed()
    const token = await link('registration-follow-up', registration.id)
    const unknown = 'A'.repeat(64)
    expect(await pageOf(unknown)).toBe(await pageOf(token))
    const wrong = { birthDateDay: '8', birthDateMonth: '3', birthDateYear: '1948' }
    const bare = ({ html, status }: { html: string; status: number }, used: string) => [
      status,
      html.replaceAll(used, '').replaceAll(/value="[^"]*"/g, ''),
    ]
    const missed = bare(await browser.post(`/suivi/${token}`, wrong), token)
    expect(bare(await browser.post(`/suivi/${unknown}`, wrong), unknown)).toEqual(missed)
    expect(missed[0]).toBe(422)
    for (let turn = 0; turn < 4; turn += 1) await browser.post(`/suivi/${token}`, wrong)
    const refused = await prepare(tested, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, 'registration.refused')),
    )
    expect(refused.length).toBeGreaterThan(0)
    expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(['refused']))
    const right = { birthDateDay: '7', birthDateMonth: '3', birthDateYear: '1948' }
    // Shut for an hour: the right date reads the same page as a wrong one.
    expect(bare(await browser.post(`/suivi/${token}`, right), token)).toEqual(missed)
    now = later(61)
    expect((await browser.post(`/suivi/${token}`, right)).location).toBe('/suivi/dossier')
  })
  const pageOf = async (token: string) =>
    (await browser.get(`/suivi/${token}`)).html.replaceAll(token, '').replaceAll(/value="[^"]*"/g, '')

  test('tells where it stands, and never what a doctor answered', async () => {
    const { registration, caseId } = await confirmed()
    await visit(registration.id)
    expect((await browser.get('/suivi/dossier')).html).toContain('Votre demande est arrivée')
    const at = (status: string) =>
      prepare(tested, (tx) =>
        tx
          .update(cases)
          .set({ status })
          .where(eq(cases.id, caseId as typeof cases.id._.data)),
      )
    await at('eligible')
    const eligible = (await browser.get('/suivi/dossier')).html
    await at('proposing')
    expect((await browser.get('/suivi/dossier')).html).toBe(eligible)
    const summary = await browser.get('/suivi/dossier/recapitulatif')
    expect(summary.html).toContain('Ghjuvan')
    expect(summary.html).toContain('Bonifacio')
    const trail = await prepare(tested, (tx) =>
      tx
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.caseId, registration.caseId ?? (caseId as never))),
    )
    expect(trail.map(({ action }) => action)).toContain('registration.open')
  })

  test('takes changes of contacts, situation and wishes, each traced', async () => {
    const { registration, caseId } = await confirmed()
    await visit(registration.id)
    const page = await browser.get('/suivi/dossier/coordonnees')
    const version = /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? ''
    const contacts = {
      version,
      email: 'autre@essai.example',
      phone: '0639981235',
      line: '1 quai Nord',
      postalCode: '20137',
      commune: '2A247',
    }
    expect((await browser.post('/suivi/dossier/coordonnees', contacts)).location).toBe('/suivi/dossier?fait=enregistre')
    const stale = await browser.post('/suivi/dossier/coordonnees', { ...contacts, line: 'Ce que j’écrivais' })
    expect([stale.status, stale.html]).toEqual([422, expect.stringContaining('Ce que j’écrivais')])
    const abroad = await browser.post('/suivi/dossier/coordonnees', { ...contacts, commune: '75056' })
    expect(abroad.status).toBe(422)
    const row = await caseOf(caseId)
    expect(row.municipalityCode).toBe('2A247')
    const [patient] = await prepare(tested, (tx) => tx.select().from(patients).where(eq(patients.id, row.patientId)))
    expect(patient).toMatchObject({
      email: 'autre@essai.example',
      phones: ['+33639981235'],
      addressLine: '1 quai Nord',
    })
    const score = row.score
    expect(
      (await browser.post('/suivi/dossier/situation', { version: String(row.version), homebound: 'yes' })).location,
    ).toContain('enregistre')
    const changed = await caseOf(caseId)
    expect(changed.score).toBeLessThan(score)
    expect(
      (
        await browser.post('/suivi/dossier/souhaits', {
          version: String(changed.version),
          gender: 'female',
          hoursToCall: 'le soir',
        })
      ).location,
    ).toContain('enregistre')
    expect((await browser.get('/suivi/dossier/souhaits')).html).toContain('value="le soir"')
    const events = await prepare(tested, (tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, row.id)))
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['change-patient-online', 'change-details-online']),
    )
  })

  test('takes back and gives again the agreement, says that the search goes on, and withdraws', async () => {
    const { registration, caseId } = await confirmed()
    await visit(registration.id)
    await browser.get('/suivi/dossier/accord')
    await browser.post('/suivi/dossier/accord', { consent: 'no' })
    expect((await caseOf(caseId)).consent).toBeNull()
    expect((await browser.get('/suivi/dossier')).html).toContain('Donner mon accord')
    await browser.post('/suivi/dossier/accord', { consent: 'yes' })
    expect((await caseOf(caseId)).consent).toMatchObject({ channel: 'online' })
    expect((await browser.post('/suivi/dossier/toujours')).location).toBe('/suivi/dossier?fait=toujours')
    expect((await latest()).stillSearchingAt).toEqual(now)
    expect((await browser.post('/suivi/dossier/retrait')).location).toBe('/suivi/dossier?fait=retire')
    expect(await caseOf(caseId)).toMatchObject({ status: 'closed', statusReason: 'withdrawn', isOpen: false })
    expect((await browser.get('/suivi/dossier')).html).toContain('Vous avez retiré votre demande')
    expect((await browser.post('/suivi/dossier/toujours')).location).toBe('/suivi/dossier?fait=close')
  })

  test('ends when its author leaves, and after half an hour', async () => {
    const { registration } = await confirmed()
    await visit(registration.id)
    await browser.post('/suivi/quitter')
    expect((await browser.get('/suivi/dossier')).location).toBe('/suivi')
    await visit(registration.id)
    now = later(31)
    expect((await browser.get('/suivi/dossier')).location).toBe('/suivi')
    expect((await browser.post('/suivi/dossier/retrait')).location).toBe('/suivi')
  })

  test('a lost link is sent again to its own address alone; nobody reads whether it was', async () => {
    const email = anEmail()
    const { registration } = await confirmed(identity({ email }))
    const old = await link('registration-follow-up', registration.id)
    const ask = async (fields: Record<string, string>) => {
      await browser.get('/suivi/lien-perdu')
      return browser.post('/suivi/lien-perdu', {
        birthDateDay: '7',
        birthDateMonth: '3',
        birthDateYear: '1948',
        ...fields,
      })
    }
    const bare = ({ html, status }: { html: string; status: number }) => [status, html]
    const sent = bare(await ask({ email: email.toUpperCase() }))
    expect(bare(await ask({ email: 'inconnu@essai.example' }))).toEqual(sent)
    expect(bare(await ask({ email, birthDateDay: '9' }))).toEqual(sent)
    const links = (await told(registration.id)).filter(({ kind }) => kind === 'registration-follow-up')
    expect(links).toHaveLength(2)
    const right = { birthDateDay: '7', birthDateMonth: '3', birthDateYear: '1948' }
    expect((await browser.post(`/suivi/${old}`, right)).status).toBe(422)
  })

  test('nothing but its own request is reached: no other page exists there', async () => {
    for (const url of ['/suivi/dossier/autre', '/demande/autre']) {
      const page = await browser.get(url)
      expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    }
  })
})
