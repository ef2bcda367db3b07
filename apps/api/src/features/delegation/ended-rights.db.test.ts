import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aDelegationOf, aSecretary } from '../../../test/builders/a-delegation.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { type ListeningReader, readLive } from '../../../test/listening-reader.ts'

type Headers = { authorization: string }
let tested: TestApp
let cptsId: CptsId
let base: string
const readers: ListeningReader[] = []

beforeAll(async () => {
  tested = await buildTestApp()
  base = await tested.app.listen({ host: '127.0.0.1', port: 0 })
  cptsId = await aCpts(tested)
})
afterAll(async () => {
  for (const reader of readers) reader.close()
  await tested.close()
})

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code]

async function listen(headers: Headers): Promise<ListeningReader> {
  const reader = await readLive(base, headers)
  readers.push(reader)
  return reader
}

async function aDoctor() {
  const id = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, id, 20)
  return { id, ...(await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })) }
}

async function aTeam() {
  const [one, two] = [await aDoctor(), await aDoctor()]
  const secretary = await aSecretary(tested, cptsId, [one.id, two.id])
  const end = (index: number, version = 1) =>
    call(secretary.headers, 'POST', `/delegations/${secretary.delegations[index]}/end`, { version })
  return { one, two, secretary, end }
}

/** Something that only those who answer for this practitioner may hear of. */
async function declineOffer(doctor: { id: PractitionerId; headers: Headers }): Promise<string> {
  const row = await aGpSearch(tested, cptsId, { status: 'proposing' })
  const [proposal] = await aRound(tested, cptsId, row.id, [doctor.id])
  const answer = { version: proposal?.version, reason: 'too_far' }
  expect((await call(doctor.headers, 'POST', `/proposals/${proposal?.id}/decline`, answer)).statusCode).toBe(200)
  return proposal?.id ?? ''
}

describe('an open stream', () => {
  test('ends with one of two delegations; the next tells of the other practitioner alone', async () => {
    const { one, two, secretary, end } = await aTeam()
    const before = await listen(secretary.headers)
    const told = await declineOffer(one)
    await expect.poll(() => before.ids()).toContain(told)
    expect((await end(0)).statusCode).toBe(200)
    await before.over
    const after = await listen(secretary.headers)
    const [silent, heard] = [await declineOffer(one), await declineOffer(two)]
    await expect.poll(() => after.ids()).toContain(heard)
    expect([before.ids().includes(silent), after.ids().includes(silent)]).toEqual([false, false])
  })

  test('ends with the last delegation, and none is opened again', async () => {
    const { secretary, end } = await aTeam()
    await end(0)
    const stream = await listen(secretary.headers)
    expect((await end(1)).statusCode).toBe(200)
    await stream.over
    await expect(readLive(base, secretary.headers)).rejects.toThrow('403')
    expect(codeOf(await call(secretary.headers, 'GET', '/live'))).toEqual([403, 'delegation-ended'])
  })

  test('ends when a right is taken, and with the practitioner who leaves', async () => {
    const { one, two, secretary } = await aTeam()
    const first = await listen(secretary.headers)
    const body = { rights: ['slots'], version: 1 }
    await call(one.headers, 'PUT', `/delegations/${secretary.delegations[0]}`, body)
    await first.over
    const second = await listen(secretary.headers)
    await aDelegationOf(tested, two.id).practitionerLeaves()
    await second.over
    expect((await call(secretary.headers, 'GET', '/proposals')).json().items).toEqual([])
  })
})

describe('every right', () => {
  test('ends at once, whatever was being done and under whichever token', async () => {
    const { one, secretary, end } = await aTeam()
    const path = `/practitioners/${one.id}`
    const row = await aGpSearch(tested, cptsId, { status: 'proposing' })
    const [proposal] = await aRound(tested, cptsId, row.id, [one.id])
    const accept = { version: proposal?.version }
    await call(secretary.headers, 'POST', `/proposals/${proposal?.id}/acceptance`, accept)
    expect((await end(0)).statusCode).toBe(200)
    const { version } = (await call(one.headers, 'GET', `/gp-searches/${row.id}`)).json()
    const told = { action: 'tell-patient', toldAt: new Date().toISOString(), agreed: true, version }
    const away = { from: '2099-07-01', until: '2099-07-15' }
    const refused: [string, Awaited<ReturnType<typeof call>>][] = [
      ['proposal', await call(secretary.headers, 'GET', `/proposals/${proposal?.id}`)],
      ['file', await call(secretary.headers, 'GET', `/gp-searches/${row.id}`)],
      ['move', await call(secretary.headers, 'POST', `/gp-searches/${row.id}/moves`, told)],
      ['places', await call(secretary.headers, 'GET', `${path}/intake-capacity`)],
      ['absences', await call(secretary.headers, 'POST', `${path}/absences`, away)],
      ['noted', await call(secretary.headers, 'GET', `${path}/noted-declarations`)],
      ['slots', await call(secretary.headers, 'GET', `${path}/slots?from=2099-07-01&until=2099-07-08`)],
      ['feed', await call(secretary.headers, 'POST', `${path}/calendar-feed`)],
    ]
    for (const [what, { statusCode }] of refused) expect([what, [403, 404].includes(statusCode)]).toEqual([what, true])
  })

  test('a calendar’s address that the secretary made stops serving; the practitioner’s own goes on', async () => {
    for (const [maker, served] of [
      ['secretary', 404],
      ['doctor', 200],
    ] as const) {
      const { one, secretary, end } = await aTeam()
      const headers = maker === 'secretary' ? secretary.headers : one.headers
      const made = await call(headers, 'POST', `/practitioners/${one.id}/calendar-feed`)
      expect(made.statusCode).toBe(201)
      const { pathname } = new URL(made.json().url)
      const read = async () => (await tested.app.inject({ url: pathname })).statusCode
      expect(await read()).toBe(200)
      expect((await end(0)).statusCode).toBe(200)
      expect([maker, await read()]).toEqual([maker, served])
    }
  })

  test('the right to slots, once taken, takes that address along', async () => {
    const { one, secretary } = await aTeam()
    const made = await call(secretary.headers, 'POST', `/practitioners/${one.id}/calendar-feed`)
    const { pathname } = new URL(made.json().url)
    const change = (rights: string[], version: number) =>
      call(one.headers, 'PUT', `/delegations/${secretary.delegations[0]}`, { rights, version })
    expect((await change(['slots', 'answer-proposals'], 1)).statusCode).toBe(200)
    expect((await tested.app.inject({ url: pathname })).statusCode).toBe(200)
    expect((await change(['answer-proposals'], 2)).statusCode).toBe(200)
    expect((await tested.app.inject({ url: pathname })).statusCode).toBe(404)
  })
})
