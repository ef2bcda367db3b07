import { createServer, request as httpRequest } from 'node:http'
import { Writable } from 'node:stream'
import { LiveAnswer, LiveChanges } from '@maillage/contracts/coordination/live'
import type { AccountId, CaseId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aHospitalDischarge } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../test/builders/a-round.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { noticeDeliveries, notices } from '../../kernel/notices/notices.table.ts'
import { caseParticipants, cases } from '../../kernel/tables/case.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { EventStream } from '../../platform/live/event-stream.ts'
import { mostTold } from './live.store.ts'

type Headers = Record<string, string>
type Someone = Awaited<ReturnType<typeof someoneWho>>

let tested: TestApp
let base: string
let offsetMs = 0
let cptsId: CptsId
let ana: Someone
let samira: Someone
const streams: AbortController[] = []

beforeAll(async () => {
  tested = await buildTestApp({ now: () => new Date(Date.now() + offsetMs) })
  base = await tested.app.listen({ host: '127.0.0.1', port: 0 })
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  samira = await someoneWho(tested, { cptsId, role: 'coordinator' })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.abort()
  offsetMs = 0
})
afterAll(() => tested.close())

interface Heard {
  readonly event: string
  readonly id: string | undefined
  readonly data: unknown
}

/** Listens as a browser does; what was heard gathers in `heard`. */
async function listen(headers: Headers, lastId?: string) {
  const abort = new AbortController()
  streams.push(abort)
  const response = await fetch(`${base}/api/v1/live`, {
    headers: { ...headers, accept: 'text/event-stream', ...(lastId ? { 'last-event-id': lastId } : {}) },
    signal: abort.signal,
  })
  const heard: Heard[] = []
  const done = read(response, heard).catch(() => undefined)
  await expect.poll(() => heard.some(({ event }) => event === 'beat')).toBe(true)
  const changes = () => heard.filter(({ event }) => event === 'changes').flatMap(({ data }) => LiveChanges.parse(data))
  return {
    response,
    heard,
    done,
    changes,
    about: (id: string) => changes().filter((change) => change.id === id),
    lastId: () => heard.findLast(({ id }) => id !== undefined)?.id,
    close: () => abort.abort(),
  }
}

async function read(response: Response, heard: Heard[]): Promise<void> {
  let rest = ''
  for await (const piece of response.body ?? []) {
    rest += Buffer.from(piece).toString('utf8')
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      heard.push({ event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? 'null') })
    }
  }
}

const noteOn = (id: CaseId, headers: Headers = ana.headers) =>
  tested.app.inject({ method: 'POST', url: `/api/v1/cases/${id}/notes`, headers, payload: { text: 'Rappelée.' } })

const touch = (id: CaseId) =>
  prepare(tested, (tx) =>
    tx.update(cases).set({ version: sql`version + 1`, updatedAt: new Date() }).where(eq(cases.id, id)),
  )

const takePart = (caseId: CaseId, part: { practitionerId?: PractitionerId; accountId?: AccountId }, own = cptsId) =>
  prepare(tested, (tx) =>
    tx.insert(caseParticipants).values({
      cptsId: own,
      id: newRowId(),
      caseId,
      part: part.practitionerId ? 'accepted' : 'requester',
      since: new Date(),
      ...part,
    }),
  )

/** Ends the process's listening connection as a failing network does; how many there were. */
async function breakListening(): Promise<number> {
  const superuser = new pg.Client({ connectionString: inject('postgres').superuserUrl })
  await superuser.connect()
  const { rowCount } = await superuser.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'maillage-live' and datname = $1`,
    [new URL(tested.database.url).pathname.slice(1)],
  )
  await superuser.end()
  return rowCount ?? 0
}

/** Long enough for a change to have arrived, had it been sent. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 400))

test('a coordinator hears of a colleague’s note at once: ids and kinds, never its words', async () => {
  const search = await aGpSearch(tested, cptsId)
  const [mine, theirs] = [await listen(samira.headers), await listen(ana.headers)]
  expect(mine.response.headers.get('content-type')).toContain('text/event-stream')
  expect(mine.response.headers.get('x-accel-buffering')).toBe('no')
  expect(mine.response.headers.get('cache-control')).toContain('no-transform')
  const before = mine.about(search.id).length
  const { id: entry } = (await noteOn(search.id)).json()
  await expect.poll(() => mine.about(search.id).length, { timeout: 1000 }).toBeGreaterThan(before)
  expect(mine.about(search.id).at(-1)).toEqual({
    what: 'case',
    id: search.id,
    kind: 'gp-search',
    version: search.version,
    entry,
    own: false,
  })
  expect(theirs.about(search.id).at(-1)?.own).toBe(true)
  expect(JSON.stringify(mine.heard)).not.toContain('Rappelée')
})

test('another CPTS and an administrator hear nothing', async () => {
  const there = await aCpts(tested)
  const outside = await listen((await someoneWho(tested, { cptsId: there, role: 'coordinator' })).headers)
  const admin = await listen((await someoneWho(tested, { cptsId, role: 'administrator' })).headers)
  const search = await aGpSearch(tested, cptsId)
  await noteOn(search.id)
  await touch(search.id)
  await aMoment()
  expect([outside.changes(), admin.changes()]).toEqual([[], []])
})

test('a ward hears of its own discharges, a requester of their own requests, and of no note', async () => {
  const { unitId } = await aUnit(tested, cptsId)
  const { unitId: otherUnit } = await aUnit(tested, cptsId)
  const { row: discharge } = await aHospitalDischarge(tested, cptsId, unitId)
  const search = await aGpSearch(tested, cptsId)
  const ccas = await someoneWho(tested, { cptsId, role: 'requester' })
  await takePart(search.id, { accountId: ccas.accountId })
  const ward = await listen((await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers)
  const elsewhere = await listen(
    (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [otherUnit] })).headers,
  )
  const requester = await listen(ccas.headers)
  await aMoment()
  const heardBefore = requester.changes().length
  await noteOn(search.id)
  await noteOn(discharge.id)
  await aMoment()
  expect(requester.changes().length).toBe(heardBefore)
  await touch(discharge.id)
  await touch(search.id)
  await expect.poll(() => ward.about(discharge.id).length).toBeGreaterThan(0)
  await expect.poll(() => requester.about(search.id).length).toBeGreaterThan(0)
  expect(ward.about(search.id)).toEqual([])
  expect(requester.about(discharge.id)).toEqual([])
  expect(elsewhere.changes()).toEqual([])
})

test('a practitioner hears of proposals addressed to them; of the case only once they take part', async () => {
  const practitionerId = await aPractitioner(tested, cptsId)
  const doctor = await listen((await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })).headers)
  const other = await listen(
    (
      await someoneWho(tested, {
        cptsId,
        role: 'practitioner',
        practitionerId: await aPractitioner(tested, cptsId),
      })
    ).headers,
  )
  const search = await aGpSearch(tested, cptsId, { status: 'eligible' })
  const [queued] = await aRound(tested, cptsId, search.id, [practitionerId], { status: 'queued', sentAt: null })
  const [proposal] = await aRound(tested, cptsId, search.id, [practitionerId])
  await expect.poll(() => doctor.about(proposal?.id ?? '').length).toBe(1)
  expect(doctor.about(proposal?.id ?? '')[0]).toMatchObject({ what: 'proposal', kind: null, entry: null })
  expect(doctor.about(queued?.id ?? '')).toEqual([])
  await touch(search.id)
  await aMoment()
  expect(doctor.about(search.id)).toEqual([])
  await takePart(search.id, { practitionerId })
  await touch(search.id)
  await expect.poll(() => doctor.about(search.id).length).toBe(1)
  expect(other.changes()).toEqual([])
})

test('whoever comes back hears what they missed; too long away, they read everything anew', async () => {
  const search = await aGpSearch(tested, cptsId)
  const first = await listen(samira.headers)
  await noteOn(search.id)
  await expect.poll(() => first.about(search.id).some(({ entry }) => entry !== null)).toBe(true)
  const left = first.lastId() ?? ''
  first.close()
  await first.done
  const missed = await aGpSearch(tested, cptsId)
  await noteOn(missed.id)
  await aMoment()
  const second = await listen(samira.headers, left)
  await expect.poll(() => second.about(missed.id).length).toBeGreaterThan(0)
  expect(second.about(search.id)).toEqual([])
  // Another process, or one that was restarted: what happened since is read from the tables.
  const elsewhere = await listen(samira.headers, `ffffffffffff.7.${Date.now() - 1000}`)
  await expect.poll(() => elsewhere.about(missed.id).length).toBeGreaterThan(0)
  expect(elsewhere.heard.some(({ event }) => event === 'reset')).toBe(false)
  const late = await listen(samira.headers, `ffffffffffff.7.${Date.now() - 3_600_000}`)
  await expect.poll(() => late.heard.some(({ event }) => event === 'reset')).toBe(true)
  expect(late.changes()).toEqual([])
})

test('a place far ahead of us is taken for the present, and troubles nobody', async () => {
  const steady = await listen(ana.headers)
  const stranger = await listen(samira.headers, '.1.999999999999999')
  expect(stranger.heard.map(({ event }) => event)).not.toContain('end')
  const epoch = steady.lastId()?.split('.')[0]
  const next = await listen(ana.headers)
  expect(next.lastId()?.split('.')[0]).toBe(epoch)
})

test('a message is heard of by its own reader at once, or once they come back, and by nobody else', async () => {
  const admin = await someoneWho(tested, { cptsId, role: 'administrator' })
  const [theirs, anas] = [await listen(admin.headers), await listen(ana.headers)]
  const from = theirs.lastId()
  const id = newRowId()
  const at = new Date(Date.now() + offsetMs)
  const notice = {
    cptsId,
    id: newRowId(),
    kind: 'test',
    accountId: admin.accountId,
    values: {},
    sendAt: at,
    createdAt: at,
  }
  const inside = { channel: 'in-app', accountId: admin.accountId, status: 'sent', dueAt: at, createdAt: at } as const
  await prepare(tested, async (tx) => {
    await tx.insert(notices).values(notice)
    await tx.insert(noticeDeliveries).values({ cptsId, id, noticeId: notice.id, ...inside })
  })
  const told = { what: 'notice', id, kind: null, version: 1, entry: null, own: false }
  await expect.poll(() => theirs.about(id), { timeout: 5000 }).toEqual([told])
  await aMoment()
  expect(anas.about(id)).toEqual([])
  theirs.close()
  offsetMs = 1000
  const back = await listen(admin.headers, from)
  await expect.poll(() => back.about(id), { timeout: 5000 }).toEqual([told])
})

test('a stream ends with its token', async () => {
  const someone = await someoneWho(tested, { cptsId, role: 'requester' })
  offsetMs = 10 * 60_000 - 3000
  const { response, heard, done } = await listen(someone.headers)
  expect(response.status).toBe(200)
  await done
  expect(heard.at(-1)).toMatchObject({ event: 'end', data: { reason: 'token' } })
  const refused = await fetch(`${base}/api/v1/live`, { headers: { ...someone.headers, accept: 'text/event-stream' } })
  expect(refused.status).toBe(401)
})

test('a stream ends with the role it was opened under', async () => {
  const leaving = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const { heard, done } = await listen(leaving.headers)
  await prepare(tested, (tx) =>
    tx.update(memberships).set({ endedAt: new Date() }).where(eq(memberships.id, leaving.membershipId)),
  )
  await done
  expect(heard.at(-1)).toMatchObject({ event: 'end', data: { reason: 'membership' } })
})

test('for whom no stream reaches, one answer comes as soon as something changed, and resumes', async () => {
  const search = await aGpSearch(tested, cptsId)
  const ask = async (lastId?: string) => {
    const headers = { ...samira.headers, accept: 'application/json', ...(lastId ? { 'last-event-id': lastId } : {}) }
    return LiveAnswer.parse(await (await fetch(`${base}/api/v1/live`, { headers })).json())
  }
  const follow = await listen(samira.headers)
  const from = follow.lastId() ?? ''
  const waiting = ask(from)
  await aMoment()
  const startedAt = performance.now()
  await noteOn(search.id)
  const answer = await waiting
  expect(performance.now() - startedAt).toBeLessThan(1000)
  expect(answer.changes.map(({ id }) => id)).toContain(search.id)
  await touch(search.id)
  await aMoment()
  const next = await ask(answer.id)
  expect(next.changes).toEqual([expect.objectContaining({ id: search.id, version: search.version + 1 })])
})

test('the listening connection breaks: it comes back, and what happened meanwhile is told', async () => {
  const search = await aGpSearch(tested, cptsId)
  const stream = await listen(samira.headers)
  const before = stream.about(search.id).length
  expect(await breakListening()).toBe(1)
  await noteOn(search.id)
  await expect.poll(() => stream.about(search.id).length, { timeout: 3000 }).toBeGreaterThan(before)
  // And it listens again.
  const again = stream.about(search.id).length
  await touch(search.id)
  await expect.poll(() => stream.about(search.id).length, { timeout: 1000 }).toBeGreaterThan(again)
})

test('the process that stops ends every stream and every waiting answer at once', async () => {
  const other = await buildTestApp()
  const there = await other.app.listen({ host: '127.0.0.1', port: 0 })
  const { headers } = await someoneWho(other, { cptsId: await aCpts(other), role: 'coordinator' })
  const stream = await fetch(`${there}/api/v1/live`, { headers: { ...headers, accept: 'text/event-stream' } })
  const waiting = fetch(`${there}/api/v1/live`, { headers: { ...headers, accept: 'application/json' } })
  await aMoment()
  const startedAt = performance.now()
  const closed = other.close()
  expect(await stream.text()).toContain('{"reason":"closing"}')
  expect((await waiting).status).toBe(200)
  await closed
  expect(performance.now() - startedAt).toBeLessThan(2000)
})

test('a reader who takes nothing is dropped at a bounded size, and the longest message alone drops nobody', () => {
  const stuck = () => new Writable({ write: () => undefined })
  const out = stuck()
  const stream = new EventStream(out, () => undefined)
  let sent = 0
  while (stream.send('changes', 'x'.repeat(1000)) && sent < 1000) sent += 1
  expect(sent).toBeLessThan(200)
  expect(out.destroyed).toBe(true)
  expect(stream.send('changes', [])).toBe(false)
  const change = { what: 'case', id: newRowId(), kind: 'hospital-discharge', version: 1, entry: newRowId(), own: false }
  const patient = new EventStream(stuck(), () => `${'f'.repeat(12)}.1.${Date.now()}`)
  const longest = Array.from({ length: mostTold }, () => change)
  expect([patient.send('changes', longest), patient.send('beat', null)]).toEqual([true, true])
})

test('a proxy that keeps answers until they end lets a plain answer through, not a stream', async () => {
  const proxy = createServer((request, response) => {
    const asked = httpRequest(`${base}${request.url}`, { headers: request.headers }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('error', () => response.destroy())
      answer.on('end', () => {
        response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] })
        response.end(Buffer.concat(pieces))
      })
    })
    asked.on('error', () => response.destroy())
    response.on('close', () => asked.destroy())
    asked.end()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const through = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  try {
    const search = await aGpSearch(tested, cptsId)
    const signal = AbortSignal.timeout(1500)
    const streamed = fetch(`${through}/api/v1/live`, {
      headers: { ...samira.headers, accept: 'text/event-stream' },
      signal,
    })
    await expect(streamed).rejects.toThrow()
    const direct = await listen(samira.headers)
    const headers = { ...samira.headers, accept: 'application/json', 'last-event-id': direct.lastId() ?? '' }
    const waiting = fetch(`${through}/api/v1/live`, { headers })
    await aMoment()
    await noteOn(search.id)
    const { changes } = LiveAnswer.parse(await (await waiting).json())
    expect(changes.map(({ id }) => id)).toContain(search.id)
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
})

test('who sees a case learns who else reads it, and what happened since they last looked', async () => {
  const search = await aGpSearch(tested, cptsId)
  const ccas = await someoneWho(tested, { cptsId, role: 'requester' })
  await takePart(search.id, { accountId: ccas.accountId })
  const reading = async (method: 'PUT' | 'DELETE', who: Someone) =>
    await tested.app.inject({ method, url: `/api/v1/cases/${search.id}/reading`, headers: who.headers })
  expect((await reading('PUT', ana)).json()).toEqual({ readers: [], lastSeenAt: null, changesSince: 0 })
  const stream = await listen(ana.headers)
  const second = (await reading('PUT', samira)).json()
  expect(second.readers).toEqual([{ displayName: await nameOf(ana.accountId) }])
  await expect.poll(() => stream.about(search.id).some(({ what }) => what === 'presence')).toBe(true)
  // The requester learns that the coordination reads; that the requester does is the coordination's to know.
  expect((await reading('PUT', ccas)).json().readers).toHaveLength(2)
  expect((await reading('PUT', ana)).json().readers).toHaveLength(2)
  await reading('DELETE', samira)
  const other = await someoneWho(tested, { cptsId, role: 'requester' })
  await takePart(search.id, { accountId: other.accountId })
  expect((await reading('PUT', other)).json().readers).toEqual([{ displayName: await nameOf(ana.accountId) }])
  await noteOn(search.id)
  expect((await reading('PUT', samira)).json()).toMatchObject({ changesSince: 1, lastSeenAt: expect.any(String) })
  const stranger = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  expect([(await reading('PUT', stranger)).statusCode, (await reading('DELETE', stranger)).statusCode]).toEqual([
    404, 404,
  ])
})

const nameOf = (id: AccountId) =>
  prepare(tested, async (tx) => (await tx.select().from(accounts).where(eq(accounts.id, id)))[0]?.displayName)
