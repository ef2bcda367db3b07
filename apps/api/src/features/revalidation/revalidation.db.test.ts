import { type CaseId, type CptsId, newId, RevalidationCampaignId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import type { RevalidationAnswer, ToReach } from '@maillage/contracts/revalidation'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aBrowser } from '../../../test/a-browser.ts'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { type CaseRow, caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { revalidationDoor } from '../gp-search/revalidation-door.ts'
import { revalidationAttempts, revalidations } from './revalidation.table.ts'
import { runCampaign } from './run-campaign.ts'
import { startAskings } from './start-askings.ts'
import { takeSteps } from './take-steps.ts'

let tested: TestApp
let cptsId: CptsId
let headers: { authorization: string }
let coordinator: Awaited<ReturnType<typeof someoneWho>>
const start = new Date('2026-03-02T09:00:00Z')
let now = start

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  now = start
  cptsId = await aCpts(tested)
  coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  headers = coordinator.headers
})

const deps = () => ({ ...tested.deps, kinds: caseKindsOf(), searches: revalidationDoor })
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000)
const call = (method: 'GET' | 'POST', path: string, payload?: object, as = headers) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers: as, ...(payload ? { payload } : {}) })

const waits = async (
  patient: Partial<PatientDetails>,
  over: Parameters<typeof aGpSearch>[2] = {},
): Promise<CaseRow> => {
  const { id: patientId } = await aPatient(tested, cptsId, patient)
  const since = days(-100)
  const clocks = { registeredAt: since, openedAt: since, statusSince: since, clockStartedAt: since }
  return aGpSearch(tested, cptsId, { patientId, status: 'eligible', ...clocks, ...over })
}
const both = { email: 'camille@exemple.fr', phones: ['+33600000001'] }
const asking = async (caseId: CaseId) => {
  const [row] = await prepare(tested, (tx) =>
    tx
      .select()
      .from(revalidations)
      .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.caseId, caseId))),
  )
  return row
}
const theCase = async (id: CaseId) => {
  const [row] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, id)))
  return row
}
const told = () => prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.cptsId, cptsId)))
const begin = async (): Promise<void> => {
  await startAskings(deps(), cptsId)
  await takeSteps(deps(), cptsId)
}
const later = async (count: number): Promise<void> => {
  now = days(count)
  headers = await signedIn(tested, coordinator.accountId)
  await takeSteps(deps(), cptsId)
}
const toReach = async (): Promise<ToReach[]> => (await call('GET', '/revalidations')).json().items
const answer = async (id: string, said: RevalidationAnswer, version: number, as = headers) =>
  call('POST', `/revalidations/${id}/answer`, { answer: said, version }, as)
const linkOf = async (caseId: CaseId): Promise<string> => {
  const row = await asking(caseId)
  return prepare(tested, (tx) =>
    issueLink(tx, { cptsId, purpose: 'still-searching', subjectId: row?.id ?? '', expiresAt: days(60), now }),
  )
}

describe('whoever said nothing for ninety days', () => {
  test('is asked three times by two channels, then closed with its reason after the grace, and can be reopened', async () => {
    const { id } = await waits(both)
    await begin()
    expect(await told()).toMatchObject([{ kind: 'still-searching', email: both.email, values: {} }])
    await later(6)
    expect(await told()).toHaveLength(1)
    await later(1)
    expect(await told()).toHaveLength(2)
    await later(7)
    expect(await toReach()).toMatchObject([{ caseId: id, channel: 'phone', phones: both.phones, attempts: 2 }])
    // Nobody called: nobody is given up.
    await later(90)
    const [one] = await toReach()
    expect((await theCase(id))?.status).toBe('eligible')
    expect((await answer(one?.id ?? '', 'unreachable', one?.version ?? 0)).json()).toMatchObject({ status: 'grace' })
    await later(29)
    expect((await theCase(id))?.isOpen).toBe(true)
    await later(3)
    expect(await theCase(id)).toMatchObject({ status: 'closed', statusReason: 'revalidation_failed' })
    expect(await asking(id)).toMatchObject({ status: 'closed', answer: null })
    const closed = await theCase(id)
    const reopen = { action: 'reopen', reason: 'came_back', version: closed?.version }
    expect((await call('POST', `/gp-searches/${id}/moves`, reopen)).statusCode).toBe(200)
  })

  test('is asked once, whoever runs at the same time and however often', async () => {
    const { id } = await waits(both)
    await Promise.all([startAskings(deps(), cptsId), startAskings(deps(), cptsId)])
    await startAskings(deps(), cptsId)
    await Promise.all([takeSteps(deps(), cptsId), takeSteps(deps(), cptsId), takeSteps(deps(), cptsId)])
    expect(await told()).toHaveLength(1)
    const row = await asking(id)
    const attempts = await prepare(tested, (tx) =>
      tx
        .select()
        .from(revalidationAttempts)
        .where(eq(revalidationAttempts.revalidationId, row?.id ?? newId(RevalidationId))),
    )
    expect(attempts).toHaveLength(1)
  })

  test('is left alone before, while paused, in triage, deceased, or offered to a doctor', async () => {
    const recent = days(-89)
    await waits(both, { clockStartedAt: recent })
    await waits(both, { status: 'on_hold', resumeAt: days(5) })
    await waits(both, { status: 'submitted' })
    await waits(both, { status: 'proposing', liveProposals: 1 })
    await begin()
    expect(await told()).toHaveLength(0)
  })

  test('and who dies is asked nothing more: nobody calls their home, and no clock closes anything', async () => {
    const row = await waits(both)
    await begin()
    const { id } = row
    await prepare(tested, (tx) =>
      tx.execute(
        sql`update patients set deceased_on = '2026-03-03' where cpts_id = ${cptsId} and id = ${row.patientId}`,
      ),
    )
    await later(8)
    expect(await asking(id)).toMatchObject({ status: 'ended', answer: null })
    expect(await told()).toHaveLength(1)
    await later(90)
    await begin()
    expect((await told()).length + (await toReach()).length).toBe(1)
    expect(await theCase(id)).toMatchObject({ isOpen: true, status: 'eligible' })
  })

  test('is not late while an answer is awaited, and is again once nobody answered or it was taken back', async () => {
    const row = await waits({ ...both, email: undefined, phones: ['+33556010203'] }, { dueCode: 'revalidation' })
    const clock = async (): Promise<unknown[]> => {
      const found = await theCase(row.id)
      return [found?.dueCode, found?.dueAt?.toISOString(), found?.version]
    }
    await begin()
    // Fourteen days of attempts and thirty of grace; time alone changes no version.
    const awaited = ['revalidation-asked', '2026-04-15T08:00:00.000Z', 1]
    expect(await clock()).toEqual(awaited)
    const [one] = await toReach()
    const kept = (await answer(one?.id ?? '', 'still-searching', one?.version ?? 0)).json()
    expect((await clock()).slice(0, 2)).toEqual(['revalidation', '2026-05-31T08:00:00.000Z'])
    await call('POST', `/revalidations/${one?.id}/undo`, { version: kept.version })
    expect((await clock()).slice(0, 2)).toEqual(awaited.slice(0, 2))
    const note = await call('POST', `/cases/${row.id}/notes`, { text: 'Rien de neuf' })
    expect([note.statusCode, (await clock())[0]]).toEqual([201, 'revalidation-asked'])
  })

  test('has the calls noted on the case counted, each once', async () => {
    const row = await waits({ ...both, email: undefined, phones: ['+33556010203'] })
    await begin()
    const noted = (result: string, who = 'patient') =>
      call('POST', `/cases/${row.id}/contact-attempts`, { channel: 'phone', result, with: who })
    await noted('reached', 'requester')
    await noted('no-answer', 'practitioner')
    expect(await toReach()).toMatchObject([{ channel: 'phone', attempts: 0 }])
    expect((await noted('no-answer')).statusCode).toBe(201)
    // Called already: nobody else calls.
    expect(await toReach()).toEqual([])
    await Promise.all([takeSteps(deps(), cptsId), takeSteps(deps(), cptsId)])
    expect(await asking(row.id)).toMatchObject({ status: 'asking', channel: 'phone', nextAt: days(7) })
    await later(7)
    const [one] = await toReach()
    expect(one).toMatchObject({ channel: 'phone', attempts: 1 })
    // Written down from the list, it stands in the story too, and is one attempt.
    await answer(one?.id ?? '', 'unreachable', one?.version ?? 0)
    await later(8)
    expect(await toReach()).toMatchObject([{ channel: 'letter', attempts: 2 }])
  })

  test('is asked as their CPTS wants: after how long, how often, and how long the grace is', async () => {
    const admin = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
    const put = (name: string, value: number, as = admin) =>
      tested.app.inject({ method: 'PUT', url: `/api/v1/settings/${name}`, headers: as, payload: { value, version: 0 } })
    const { id } = await waits(both, { dueCode: 'revalidation', dueAt: days(-10) })
    expect((await put('revalidation-every-days', 120)).statusCode).toBe(200)
    expect((await put('revalidation-every-days', 10)).statusCode).toBe(422)
    expect((await put('revalidation-gap-days', 10)).statusCode).toBe(200)
    expect((await put('revalidation-grace-days', 12, headers)).statusCode).toBe(403)
    await begin()
    expect(await asking(id)).toBeUndefined()
    // The clock follows the delay: twenty days are left.
    expect(await theCase(id)).toMatchObject({ dueCode: 'revalidation', dueAt: new Date('2026-03-22T09:00:00Z') })
    await later(21)
    await begin()
    expect(await asking(id)).toMatchObject({
      status: 'asking',
      channel: 'sms',
      nextAt: new Date('2026-04-02T08:00:00Z'),
    })
    const { delays } = (await call('GET', '/revalidation')).json()
    expect(delays).toEqual({ everyDays: 120, attemptDays: [0, 10, 20], graceDays: 30 })
  })

  test('is protected by a live proposal to the end, and a match ends the asking', async () => {
    const offered = await waits(both)
    const matched = await waits({ ...both, firstName: 'Dominique' })
    await begin()
    const set = (id: CaseId, status: string, liveProposals: number) =>
      prepare(tested, (tx) => tx.update(cases).set({ status, liveProposals }).where(eq(cases.id, id)))
    await set(offered.id, 'proposing', 1)
    await set(matched.id, 'matched', 0)
    await prepare(tested, (tx) =>
      tx.update(revalidations).set({ status: 'grace' }).where(eq(revalidations.cptsId, cptsId)),
    )
    await later(200)
    expect(await theCase(offered.id)).toMatchObject({ status: 'proposing', isOpen: true })
    expect(await asking(offered.id)).toMatchObject({ status: 'grace', endedAt: null })
    expect(await asking(matched.id)).toMatchObject({ status: 'ended', answer: null })
  })

  test('by a mail that came back, is asked another way', async () => {
    const { id } = await waits(both)
    await begin()
    const [notice] = await told()
    await prepare(tested, (tx) =>
      tx.execute(sql`insert into notice_deliveries (cpts_id, id, notice_id, channel, address, status, due_at, created_at)
        values (${cptsId}, gen_random_uuid(), ${notice?.id}, 'email', 'camille@exemple.fr', 'refused', now(), now())`),
    )
    await later(7)
    expect(await told()).toMatchObject([{ email: both.email }, { phone: both.phones[0] }])
    expect((await call('GET', '/revalidation')).json().rolling).toMatchObject({ asked: 1, waiting: 1, bounced: 1 })
    await later(7)
    expect(await told()).toHaveLength(3)
    expect((await asking(id))?.status).toBe('asking')
  })
})

describe('an answer', () => {
  test('by the link counts once; opening it answers nothing; the page names nobody', async () => {
    const { id } = await waits({ ...both, firstName: 'Zoé', birthName: 'Unique' })
    await begin()
    const path = `/suivi/toujours/${await linkOf(id)}`
    const browser = aBrowser(tested)
    const page = await browser.get(path)
    expect([page.status, page.html]).toEqual([200, expect.stringContaining('Oui, je cherche toujours')])
    expect(page.html).not.toMatch(/Zoé|Unique|<script/)
    expect((await asking(id))?.endedAt).toBeNull()
    const yes = await browser.post(path, { answer: 'still-searching' })
    expect(yes.html).toContain('vous restez sur la liste')
    expect(await asking(id)).toMatchObject({ status: 'answered', answer: 'still-searching', answeredBy: 'link' })
    const again = await browser.post(path, { answer: 'found' })
    expect(again.html).toContain('vous restez sur la liste')
    expect((await theCase(id))?.status).toBe('eligible')
    // Ninety days run anew.
    now = days(80)
    await begin()
    expect(await told()).toHaveLength(1)
    now = days(15)
    await begin()
    expect(await told()).toHaveLength(2)
  })

  test('« j’ai trouvé » closes the search; a link too old, made up or forged opens nothing', async () => {
    const { id } = await waits(both)
    await begin()
    const token = await linkOf(id)
    const browser = aBrowser(tested)
    await browser.get(`/suivi/toujours/${token}`)
    const forged = await aBrowser(tested).post(`/suivi/toujours/${token}`, { answer: 'found' })
    expect(forged.status).toBe(400)
    expect((await browser.post(`/suivi/toujours/${token}`, { answer: 'found' })).html).toContain(
      'votre demande est close',
    )
    expect(await theCase(id)).toMatchObject({ status: 'closed', statusReason: 'found_elsewhere' })
    now = days(61)
    for (const path of [token, 'x'.repeat(64), 'x']) {
      expect((await browser.get(`/suivi/toujours/${path}`)).status).toBe(404)
    }
  })

  /** A household of two, asked at the address of the one of the file. */
  const household = async () => {
    const row = await waits(both, { householdSize: 2 })
    const { id: memberId } = await aPatient(tested, cptsId, { firstName: 'Sacha' })
    await prepare(tested, (tx) =>
      tx.execute(sql`insert into gp_search_members (cpts_id, case_id, patient_id, details)
        values (${cptsId}, ${row.id}, ${memberId}, '{}')`),
    )
    return { row, memberId }
  }

  test('for a household is everybody’s only when it says so: one may have found, and the others go on', async () => {
    const { row, memberId } = await household()
    await begin()
    const browser = aBrowser(tested)
    const path = `/suivi/toujours/${await linkOf(row.id)}`
    const page = await browser.get(path)
    expect(page.html).toContain('Nous avons tous trouvé un médecin')
    const done = await browser.post(path, { answer: 'found-seul' })
    expect(done.html).toContain('Les autres personnes de votre foyer restent sur la liste')
    const others = await theCase(row.id)
    expect(others).toMatchObject({ isOpen: true, patientId: memberId, householdSize: 1 })
    expect(others?.dueCode).not.toBe('revalidation-asked')
    const [own] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.patientId, row.patientId)))
    expect(own).toMatchObject({ status: 'closed', statusReason: 'found_elsewhere' })
    expect(await asking(row.id)).toMatchObject({ status: 'answered', answer: 'still-searching', answeredBy: 'link' })
  })

  test('for a household, by phone, says whom it is for', async () => {
    const { row } = await household()
    await begin()
    await later(7)
    await later(14)
    const [one] = await toReach()
    const said = (over: object) =>
      call('POST', `/revalidations/${one?.id}/answer`, { answer: 'found', version: one?.version, ...over })
    expect((await said({})).json()).toMatchObject({ code: 'household-scope-required' })
    expect((await said({ scope: 'household' })).json()).toMatchObject({ status: 'answered' })
    expect(await theCase(row.id)).toMatchObject({ status: 'closed', householdSize: 2 })
  })

  test('by phone can be taken back, and is refused when stale, from another CPTS or by another role', async () => {
    const { id } = await waits({ phones: ['+33556000001'] })
    await begin()
    const [one] = await toReach()
    const key = one?.id ?? ''
    const other = await aCpts(tested)
    const stranger = (await someoneWho(tested, { cptsId: other, role: 'coordinator' })).headers
    const doctor = (await someoneWho(tested, { cptsId, role: 'practitioner' })).headers
    expect((await answer(key, 'found', 2, stranger)).statusCode).toBe(404)
    expect((await answer(key, 'found', 2, doctor)).statusCode).toBe(403)
    expect((await answer(key, 'found', 1)).json().code).toBe('version-stale')
    const version = one?.version ?? 0
    for (const said of ['found', 'still-searching', 'unreachable', 'no-longer-wanted'] as const) {
      const before = await asking(id)
      const kept = (await answer(key, said, before?.version ?? version)).json()
      const back = await call('POST', `/revalidations/${key}/undo`, { version: kept.version })
      expect([said, back.json().status]).toEqual([said, 'to-reach'])
      expect(await theCase(id)).toMatchObject({ status: 'eligible', isOpen: true })
      expect(await toReach()).toMatchObject([{ id: key, attempts: 0 }])
    }
    const last = await asking(id)
    const both = await Promise.all([1, 2].map(() => answer(key, 'found', last?.version ?? 0)))
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  test('said on the case ends the asking, and the list no longer holds them', async () => {
    const row = await waits({ phones: ['+33556000001'] })
    await begin()
    const said = await call('POST', `/gp-searches/${row.id}/still-searching`, { version: row.version })
    expect(said.json().caseVersion).toBe(row.version + 1)
    expect(await asking(row.id)).toMatchObject({ status: 'answered', answeredBy: 'desk' })
    expect(await toReach()).toEqual([])
  })
})

describe('a campaign', () => {
  test('is counted before it starts, asks its part alone, and its progress is read', async () => {
    await waits(both, { clockStartedAt: start })
    await waits({ ...both, firstName: 'Lou' }, { municipalityCode: '33318', clockStartedAt: start })
    await waits({ firstName: 'Alix' }, { clockStartedAt: start })
    const part = { municipality: '33063' }
    const preview = await call('GET', '/revalidation-campaigns/preview?municipality=33063')
    expect(preview.json()).toMatchObject({
      total: 2,
      alreadyAsked: 0,
      byChannel: { email: 1, sms: 0, phone: 0, letter: 1 },
    })
    const started = await call('POST', '/revalidation-campaigns', part)
    expect([started.statusCode, started.json().asked]).toEqual([201, 2])
    const campaign = { cptsId, campaignId: RevalidationCampaignId.parse(started.json().id) }
    // Cut short, it says so and is run again; run by two at once, it asks each once.
    const stopped = { isStopped: () => true, rest: () => Promise.resolve() }
    await expect(runCampaign(deps(), campaign, stopped)).rejects.toThrow('cut short')
    await Promise.all([runCampaign(deps(), campaign), runCampaign(deps(), campaign)])
    const { campaigns, rolling } = (await call('GET', '/revalidation')).json()
    expect(rolling.asked).toBe(0)
    expect(campaigns).toMatchObject([
      { part, municipalityName: 'Bordeaux', progress: { asked: 2, waiting: 1, toReach: 1 } },
    ])
    expect((await call('GET', '/revalidation-campaigns/preview')).json()).toMatchObject({ total: 1, alreadyAsked: 2 })
    const [letter] = await toReach()
    expect(letter).toMatchObject({ channel: 'letter', address: null })
    expect((await call('POST', '/revalidation-letters', { ids: [letter?.id] })).json()).toEqual({ posted: 1 })
    expect((await call('POST', '/revalidation-letters', { ids: [letter?.id] })).json()).toEqual({ posted: 0 })
  })

  test('tells how searches came in and went out, over their totals', async () => {
    await waits(both, { details: { previousGp: { lossReason: 'retired' } } })
    await waits(both, { status: 'closed', statusReason: 'moved_out', isOpen: false, closedAt: now })
    const report = (await call('GET', '/search-reasons?from=2025-11-01&to=2026-03-02')).json()
    expect(report).toMatchObject({ entered: 2, left: 1, byExit: [{ code: 'moved_out', count: 1 }] })
    // Built without its story: nobody is said to have written it down.
    expect(report.byRequester).toEqual([{ code: 'unknown', count: 2 }])
    expect(report.byLoss).toEqual(
      expect.arrayContaining([
        { code: 'retired', count: 1 },
        { code: 'unknown', count: 1 },
      ]),
    )
    expect((await call('GET', '/search-reasons?from=2026-03-03&to=2026-03-04')).json()).toMatchObject({
      entered: 0,
      left: 0,
    })
  })

  test('tells who wrote a search down by what is recorded, whatever channel was said', async () => {
    const story = (row: CaseRow, actorRole: string) =>
      prepare(tested, async (tx) => {
        const line = { cptsId, id: crypto.randomUUID(), caseId: row.id, at: now, type: 'move', action: 'open' } as const
        await tx
          .insert(caseEvents)
          .values({ ...line, actorId: coordinator.accountId, actorRole, toStatus: 'submitted' })
      })
    await story(await waits(both, { channel: 'phone' }), 'practitioner')
    await story(await waits(both, { channel: 'professional' }), 'coordinator')
    await waits(both, { channel: 'public' })
    const { byRequester } = (await call('GET', '/search-reasons?from=2025-11-01&to=2026-03-02')).json()
    expect(byRequester).toHaveLength(3)
    expect(byRequester).toEqual(
      expect.arrayContaining(['practitioner', 'coordinator', 'patient'].map((code) => ({ code, count: 1 }))),
    )
  })
})
