import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { type CaseRow, caseParticipants, cases } from '../../kernel/tables/case.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
let file: CaseRow
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})

afterAll(async () => {
  await tested.close()
})

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  file = await aGpSearch(tested, cptsId)
})

const call = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, who = ana) =>
  tested.app.inject({ method, url: `/api/v1/cases${path}`, payload, headers: who.headers })
const get = (path: string, who = ana) => call('GET', path, undefined, who)
const here = (path: string): string => `/${file.id}${path}`
const stored = async (): Promise<CaseRow | undefined> =>
  (await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, file.id))))[0]
const trail = async (): Promise<string[]> => {
  const rows = await prepare(tested, (tx) =>
    tx
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(and(eq(auditEntries.caseId, file.id), eq(auditEntries.outcome, 'done')))
      .orderBy(auditEntries.position),
  )
  return rows.map(({ action }) => action)
}

async function aRequesterOfIt(): Promise<typeof ana> {
  const requester = await someoneWho(tested, { cptsId, role: 'requester' })
  const part = { cptsId, id: newRowId(), caseId: file.id, part: 'requester', accountId: requester.accountId } as const
  await prepare(tested, (tx) => tx.insert(caseParticipants).values({ ...part, since: now }))
  return requester
}

describe('a reference', () => {
  test('leads to its case, however typed, for who may see it', async () => {
    expect((await get(`?reference=${file.reference}`)).json()).toEqual({ id: file.id, kind: 'gp-search' })
    expect((await get(`?reference=${file.reference.toLowerCase()}`)).statusCode).toBe(200)
    expect((await get('?reference=nonsense')).statusCode).toBe(422)
    const stranger = await someoneWho(tested, { cptsId, role: 'requester' })
    expect((await get(`?reference=${file.reference}`, stranger)).statusCode).toBe(404)
    expect((await get(`?reference=${file.reference}`, await aRequesterOfIt())).json().id).toBe(file.id)
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await get(`?reference=${file.reference}`, elsewhere)).statusCode).toBe(404)
  })
})

describe('a note', () => {
  test('enters the story of whoever sees the case, and leaves the version as it is', async () => {
    const requester = await aRequesterOfIt()
    const answer = await call('POST', here('/notes'), { text: 'Ne répond qu’après 18 h' }, requester)
    expect([answer.statusCode, answer.json()]).toMatchObject([
      201,
      { type: 'note', text: 'Ne répond qu’après 18 h', byRole: 'requester', caseVersion: 1 },
    ])
    await call('POST', here('/notes'), { text: 'Vu avec sa fille' })
    const texts = async (who: typeof ana) =>
      (await get(here('/timeline'), who)).json().items.map(({ text }: { text: string }) => text)
    expect(await texts(ana)).toEqual(['Ne répond qu’après 18 h', 'Vu avec sa fille'])
    expect(await texts(requester)).toEqual(['Ne répond qu’après 18 h'])
    expect(await trail()).toContain('gp-search.add-note')
    expect(await trail()).toContain('gp-search.read-timeline')
    expect((await call('POST', here('/notes'), { text: ' ' })).statusCode).toBe(422)
  })

  test('is refused to who does not see the case, as if there were none', async () => {
    const stranger = await someoneWho(tested, { cptsId, role: 'practitioner' })
    const administrator = await someoneWho(tested, { cptsId, role: 'administrator' })
    expect((await call('POST', here('/notes'), { text: 'x' }, stranger)).statusCode).toBe(404)
    expect((await get(here('/timeline'), stranger)).statusCode).toBe(404)
    expect((await call('POST', here('/notes'), { text: 'x' }, administrator)).statusCode).toBe(403)
  })

  test('the story is read page by page', async () => {
    for (const text of ['un', 'deux', 'trois']) await call('POST', here('/notes'), { text })
    const first = (await get(here('/timeline?limit=2'))).json()
    const second = (await get(here(`/timeline?limit=2&cursor=${first.next}`))).json()
    const texts = [...first.items, ...second.items].map(({ text }) => text)
    expect([texts, second.next]).toEqual([['un', 'deux', 'trois'], null])
  })
})

describe('a contact attempt', () => {
  const attempt = (result: string, over: object = {}) =>
    call('POST', here('/contact-attempts'), { channel: 'phone', result, with: 'patient', ...over })

  test('the third failure since somebody was reached suggests closing', async () => {
    await attempt('no-answer')
    await attempt('relative-reached', { with: 'relative' })
    expect((await attempt('no-answer')).json()).toMatchObject({ failedAttempts: 1, suggestsClosure: false })
    await attempt('no-answer', { with: 'practitioner' })
    expect((await attempt('voicemail')).json()).toMatchObject({ failedAttempts: 2, suggestsClosure: false })
    const third = await attempt('wrong-number', { note: 'Numéro d’un voisin' })
    expect([third.statusCode, third.json()]).toMatchObject([
      201,
      { action: 'phone', reason: 'wrong-number', failedAttempts: 3, suggestsClosure: true, caseVersion: 7 },
    ])
    expect((await attempt('reached')).json()).toMatchObject({ failedAttempts: 0, suggestsClosure: false })
  })

  test('while information is awaited, each attempt puts the next reminder off', async () => {
    file = await aGpSearch(tested, cptsId, { status: 'info_requested' })
    await attempt('no-answer')
    expect((await stored())?.dueAt).toEqual(new Date('2026-03-22T09:00:00Z'))
  })
})

describe('a callback', () => {
  const remind = (over: object = {}, who = ana) =>
    call('POST', here('/reminders'), { dueAt: '2026-03-03T13:00:00Z', text: 'Rappeler sa fille', ...over }, who)

  test('enters the queue when it comes first, and leaves it when done, once', async () => {
    const set = await remind({ assigneeId: ana.accountId })
    expect([set.statusCode, set.json()]).toMatchObject([201, { assignee: { id: ana.accountId }, caseVersion: 2 }])
    expect(await stored()).toMatchObject({ dueCode: 'callback', dueAt: new Date('2026-03-03T13:00:00Z') })
    const done = () => call('POST', here(`/reminders/${set.json().id}/done`))
    expect((await done()).json()).toMatchObject({ doneAt: now.toISOString(), caseVersion: 3 })
    expect((await done()).json()).toMatchObject({ doneAt: now.toISOString(), caseVersion: 3 })
    expect(await stored()).toMatchObject({ dueCode: 'triage' })
    await remind({ text: 'Puis le fils' })
    const listed = (await get(here('/reminders'))).json().items.map(({ text }: { text: string }) => text)
    expect(listed).toEqual(['Puis le fils', 'Rappeler sa fille'])
  })

  test('is refused in the past, for somebody else’s hands, on a closed case and to other roles', async () => {
    expect((await remind({ dueAt: '2026-03-01T13:00:00Z' })).json().errors).toEqual([
      { pointer: '/dueAt', code: 'past' },
    ])
    expect((await remind({ dueAt: '9999-12-31T23:59:59.999999999Z' })).statusCode).toBeLessThan(500)
    const requester = await aRequesterOfIt()
    expect((await remind({ assigneeId: requester.accountId })).json().errors).toEqual([
      { pointer: '/assigneeId', code: 'unknown' },
    ])
    expect((await remind({}, requester)).statusCode).toBe(403)
    expect((await call('POST', here(`/reminders/${newRowId()}/done`))).statusCode).toBe(404)
    file = await aGpSearch(tested, cptsId, { status: 'closed', isOpen: false })
    expect((await remind()).json().code).toBe('wrong-status')
  })
})

describe('the owner', () => {
  const own = (ownerId: string | null, version: number, who = ana) =>
    call('PUT', here('/owner'), { ownerId, version }, who)

  test('takes the case, hands it over, lets it go; a stale version is refused', async () => {
    const colleague = await someoneWho(tested, { cptsId, role: 'coordinator' })
    expect((await own(ana.accountId, 1)).json()).toMatchObject({ owner: { id: ana.accountId }, version: 2 })
    expect((await own(colleague.accountId, 1)).json().code).toBe('case-changed')
    expect((await own(colleague.accountId, 2)).json()).toMatchObject({ owner: { id: colleague.accountId } })
    expect((await own(null, 3)).json()).toMatchObject({ owner: null, version: 4 })
    expect(await trail()).toEqual(['gp-search.take', 'gp-search.hand-over', 'gp-search.let-go'])
    const { items } = (await get(here('/timeline'))).json()
    const given = items.find(({ action }: { action: string }) => action === 'hand-over')
    expect(given.text).toMatch(/^Personne Essai/)
  })

  test('is a coordinator of the same CPTS', async () => {
    const outsider = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    const requester = await aRequesterOfIt()
    for (const accountId of [outsider.accountId, requester.accountId, newRowId()])
      expect((await own(accountId, 1)).json().errors).toEqual([{ pointer: '/ownerId', code: 'unknown' }])
    expect((await own(null, 1, outsider)).statusCode).toBe(404)
    expect((await own(null, 1, requester)).statusCode).toBe(403)
  })
})

describe('the priority', () => {
  const move = (band: string | null, version: number, reason = 'Vit seul, chute récente') =>
    call('PUT', here('/priority'), { band, reason, version })

  test('moves by one band from what the rules say, however often it is moved, and comes back', async () => {
    const up = await move('P2', 1)
    expect(up.json()).toMatchObject({ priority: { band: 'P2', score: 25, override: { band: 'P2' } }, version: 2 })
    expect((await stored())?.bandRank).toBe(2)
    expect((await move('P1', 2)).json().errors).toEqual([{ pointer: '/band', code: 'more-than-one-step' }])
    expect((await move('P4', 2)).json()).toMatchObject({ priority: { band: 'P4' } })
    expect((await move('P3', 1)).json().code).toBe('case-changed')
    const back = (await move(null, 3)).json()
    expect([back.priority.band, back.priority.override]).toEqual(['P3', undefined])
    expect((await move('P2', 4, ' ')).json().code).toBe('reason-required')
  })

  test('a band that the rules drew from something else than the score is found again', async () => {
    const priority = { band: 'P1', score: 10, rulesetVersion: 'test', contributions: [] } as const
    file = await aGpSearch(tested, cptsId, { priority: { ...priority, contributions: [] }, bandRank: 1 })
    await move('P2', 1)
    await move('P1', 2)
    expect((await move(null, 3)).json()).toMatchObject({ priority: { band: 'P1', score: 10 } })
  })
})
