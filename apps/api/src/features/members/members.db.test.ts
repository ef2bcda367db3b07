import { randomUUID } from 'node:crypto'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { endSessionsOfMember, reopenMembership } from './change-members.ts'

type Someone = Awaited<ReturnType<typeof someoneWho>>

let tested: TestApp
let cptsId: CptsId
let ana: Someone
let bob: Someone
let eva: Someone

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'administrator' })
  bob = await someoneWho(tested, { cptsId, role: 'administrator' })
  eva = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const send = (method: 'GET' | 'POST' | 'DELETE', path: string, { headers }: Someone) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers })
const codeOf = ({ statusCode, json }: LightMyRequestResponse): unknown => (statusCode < 300 ? statusCode : json().code)
const me = (one: Someone) => send('GET', '/me', one)

describe('who works in the CPTS', () => {
  test('is listed with how they sign in, for who administers or coordinates, of their CPTS alone', async () => {
    await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    for (const reader of [ana, eva]) {
      const answer = await send('GET', '/members', reader)
      expect(answer.statusCode).toBe(200)
      const items: { accountId: string; isSelf: boolean; secondFactor: string; openSessions: number }[] =
        answer.json().items
      expect(items.map(({ accountId }) => accountId).sort()).toEqual(
        [ana, bob, eva].map(({ accountId }) => accountId).sort(),
      )
      expect(items.filter(({ isSelf }) => isSelf).map(({ accountId }) => accountId)).toEqual([reader.accountId])
      expect(items.every((one) => one.secondFactor === 'exempt' && one.openSessions === 1)).toBe(true)
    }
    for (const role of ['practitioner', 'requester', 'hospital_staff'] as const)
      expect(codeOf(await send('GET', '/members', await someoneWho(tested, { cptsId, role })))).toBe('role-may-not')
  })

  test('is disconnected everywhere at once by who administers, and by nobody else', async () => {
    expect(codeOf(await send('DELETE', `/members/${bob.accountId}/sessions`, eva))).toBe('role-may-not')
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
    expect(codeOf(await send('DELETE', `/members/${eva.accountId}/sessions`, elsewhere))).toBe('not-found')
    expect(codeOf(await me(eva))).toBe(200)
    expect(codeOf(await send('DELETE', `/members/${eva.accountId}/sessions`, ana))).toBe(204)
    expect(codeOf(await me(eva))).toBe('session-ended')
  })
})

describe('who has left the CPTS', () => {
  test('and works in another is neither disconnected from here, nor said to be signed in', async () => {
    const away = await someoneWho(tested, { cptsId, role: 'coordinator' })
    await aMembership(tested, away.accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect(codeOf(await send('POST', `/memberships/${away.membershipId}/close`, ana))).toBe(204)
    const there = { ...away, headers: await signedIn(tested, away.accountId) }
    expect(codeOf(await send('DELETE', `/members/${away.accountId}/sessions`, ana))).toBe('not-found')
    expect(codeOf(await me(there))).toBe(200)
    const { items } = (await send('GET', '/members', ana)).json()
    const told = items.find(({ accountId }: { accountId: string }) => accountId === away.accountId)
    expect(told).toMatchObject({ openSessions: 0, lastSignIn: null })
  })

  test('gives nothing back and disconnects nobody, in a process that has not heard of it yet', async () => {
    const deps = { ...tested.deps, ended: new EndedSessions(tested.deps) }
    const gone = {
      ...{ cptsId, accountId: bob.accountId, membershipId: bob.membershipId, role: 'administrator' as const },
      ...{
        displayName: 'Bob',
        practitionerId: null,
        unitIds: [],
        isHealthProfessional: false,
        requestId: randomUUID(),
      },
    }
    expect(codeOf(await send('POST', `/memberships/${bob.membershipId}/close`, ana))).toBe(204)
    await expect(reopenMembership(deps, gone, bob.membershipId)).rejects.toMatchObject({ code: 'role-may-not' })
    await expect(endSessionsOfMember(deps, gone, ana.accountId)).rejects.toMatchObject({ code: 'role-may-not' })
    expect(codeOf(await me(ana))).toBe(200)
  })
})

describe('a role', () => {
  const close = (by: Someone, of: Someone) => send('POST', `/memberships/${of.membershipId}/close`, by)

  test('that is taken away is worth nothing at once, and may be given back', async () => {
    expect(codeOf(await close(eva, bob))).toBe('role-may-not')
    expect(codeOf(await close(ana, eva))).toBe(204)
    expect(codeOf(await send('GET', '/members', eva))).toBe('session-ended')
    const { items } = (await send('GET', '/members', ana)).json()
    const closed = items.find(({ accountId }: { accountId: string }) => accountId === eva.accountId)
    expect(closed.memberships[0].endedAt).not.toBeNull()
    expect(codeOf(await send('POST', `/memberships/${eva.membershipId}/reopen`, ana))).toBe(204)
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
    expect(codeOf(await close(elsewhere, eva))).toBe('not-found')
  })

  test('is not taken from oneself; of two administrators who close each other, one remains', async () => {
    expect(codeOf(await close(ana, ana))).toBe('role-may-not')
    const both = await Promise.all([close(ana, bob), close(bob, ana)])
    const codes = both.map(codeOf).map(String).sort()
    expect(codes[0]).toBe('204')
    expect(['role-may-not', 'session-ended']).toContain(codes[1])
    const left = codeOf(await send('GET', '/members', ana)) === 200 ? ana : bob
    const { items } = (await send('GET', '/members', left)).json()
    const roles = items.flatMap((one: { memberships: { role: string; endedAt: string | null }[] }) => one.memberships)
    const open = roles.filter((one: { role: string; endedAt: string | null }) => one.endedAt === null)
    expect(open.filter(({ role }: { role: string }) => role === 'administrator')).toHaveLength(1)
  })
})
