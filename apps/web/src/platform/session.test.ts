import { Session } from '@maillage/contracts/accounts'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from 'vue'
import { NetworkFailure } from './http.ts'
import { sessionDepsKey, type TabMessage } from './session/session-browser.ts'
import { OtherAccount, useSession } from './session.ts'

const account = {
  id: '01938f00-0000-7000-8000-000000000001',
  email: 'coordination@demo.maillage.example',
  displayName: 'Claire Bonnet',
}
const somebodyElse = { ...account, id: '01938f00-0000-7000-8000-000000000009' }
const membershipOf = (digit: number, role: string) => ({
  id: `01938f00-0000-7000-8000-00000000010${digit}`,
  role,
  cpts: { id: '01938f00-0000-7000-8000-000000000200', name: 'CPTS Vidourle-Garrigues' },
  practitionerId: null,
  units: [],
  isHealthProfessional: false,
})
const coordinator = membershipOf(1, 'coordinator')
const administrator = membershipOf(2, 'administrator')

type Answer = { status: number; body?: unknown }
const refusal = (code: string): Answer => ({
  status: 401,
  body: { type: `/problems/${code}`, title: code, status: 401, code, instance: 'urn:uuid:7f3a' },
})

/** The API's sessions, in a few lines: what is open, under which role. */
class FakeApi {
  open = true
  down = false
  locked = false
  current: typeof coordinator | null = coordinator
  memberships = [coordinator, administrator]
  asked: string[] = []
  told: TabMessage[] = []
  left: string[] = []
  /** Whose session the cookie holds. */
  owner = account
  #tokens = 0

  answer(method: string, path: string, body: unknown): Answer {
    if (path === '/me') return { status: 200, body: { account, memberships: this.memberships, current: this.current } }
    if (path === '/sessions/current/lock') {
      this.locked = true
      return { status: 204 }
    }
    if (path === '/sessions/current/unlock') {
      if (JSON.stringify(body).includes('"wrong"')) return refusal('wrong-credentials')
      this.locked = false
    }
    if (this.locked && path === '/sessions/refresh') return refusal('session-locked')
    if (method === 'DELETE') this.open = false
    if (method === 'DELETE') return { status: 204 }
    if (path === '/sessions/refresh' && !this.open) return refusal('session-ended')
    if (path === '/sessions') {
      if (JSON.stringify(body).includes('"wrong"')) return refusal('wrong-credentials')
      this.open = true
    }
    if (path === '/sessions/current/membership') {
      this.current = JSON.stringify(body).includes(administrator.id) ? administrator : coordinator
    }
    this.#tokens += 1
    const session = { accessToken: `token-${this.#tokens}`, expiresAt: '2026-11-24T10:00:00.000Z', account: this.owner }
    return { status: 200, body: session }
  }

  fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (this.down) throw new TypeError('Failed to fetch')
    const path = String(url).replace('/api/v1', '')
    const method = init.method ?? 'GET'
    this.asked.push(`${method} ${path}`)
    const { status, body } = this.answer(method, path, init.body ? JSON.parse(String(init.body)) : undefined)
    return new Response(body === undefined ? null : JSON.stringify(body), { status })
  }
}

describe('the session', () => {
  let api: FakeApi
  let session: ReturnType<typeof useSession>
  const signIn = (password = 'right') => session.signIn({ email: account.email, password })

  beforeEach(() => {
    api = new FakeApi()
    const app = createApp({})
    app.provide(sessionDepsKey, {
      fetch: api.fetch,
      exclusively: async (run) => await run(),
      lockMark: { isSet: async () => false, set: () => undefined, clear: () => undefined },
      tell: (message) => api.told.push(message),
      leaveFor: (url) => api.left.push(url),
    })
    app.use(createPinia())
    session = app.runWithContext(() => useSession())
  })

  test('is taken up from the cookie when the page loads, once', async () => {
    await Promise.all([session.restore(), session.restore()])
    expect(session.phase).toBe('signed-in')
    expect(session.role).toBe('coordinator')
    expect(api.asked).toEqual(['POST /sessions/refresh', 'GET /me'])
  })

  test('is absent without a cookie, and that is no failure', async () => {
    api.open = false
    await session.restore()
    expect(session.phase).toBe('signed-out')
    expect(session.startFailure).toBeUndefined()
  })

  test('that the server could not confirm can be tried again', async () => {
    api.down = true
    await session.restore()
    expect(session.startFailure).toBeInstanceOf(NetworkFailure)
    api.down = false
    await session.restore()
    expect(session.phase).toBe('signed-in')
    expect(session.startFailure).toBeUndefined()
  })

  test('opens under the only role there is, without asking', async () => {
    api.memberships = [administrator]
    api.current = null
    await signIn()
    expect(session.role).toBe('administrator')
  })

  test('waits for a choice where there are several roles and none is current', async () => {
    api.current = null
    await signIn()
    expect(session.phase).toBe('signed-in')
    expect(session.role).toBeUndefined()
  })

  test('stays closed on a wrong password', async () => {
    api.open = false
    await session.restore()
    await expect(signIn('wrong')).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(session.phase).toBe('signed-out')
  })

  test('is renewed once for all the calls that need it', async () => {
    await session.restore()
    api.asked = []
    await expect(Promise.all([session.renew(), session.renew()])).resolves.toEqual([true, true])
    expect(api.asked).toEqual(['POST /sessions/refresh'])
    expect(session.accessToken).toBe('token-2')
  })

  test('that ended while working waits over the page, and goes on under the same role', async () => {
    await session.restore()
    for (const { id, role } of session.memberships) if (role === 'administrator') await session.changeMembership(id)
    expect(session.role).toBe('administrator')
    api.open = false
    const renewed = session.renew()
    await expect.poll(() => session.phase).toBe('interrupted')
    await expect(signIn('wrong')).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(session.phase).toBe('interrupted')
    api.current = coordinator
    await signIn()
    await expect(renewed).resolves.toBe(true)
    expect(session.phase).toBe('signed-in')
    expect(session.role).toBe('administrator')
  })

  test('that ended while working can be left for good', async () => {
    await session.restore()
    api.open = false
    const renewed = session.renew()
    await expect.poll(() => session.phase).toBe('interrupted')
    await session.signOut()
    await expect(renewed).resolves.toBe(false)
    expect(session.phase).toBe('signed-out')
  })

  test('closes everywhere in the browser, and forgets who was there', async () => {
    await session.restore()
    await session.signOut()
    expect(api.told).toEqual(['signed-out'])
    expect(session.accessToken).toBeUndefined()
    expect(session.account).toBeUndefined()
  })

  test('that could not be closed says so and stays', async () => {
    await session.restore()
    api.down = true
    await expect(session.signOut()).rejects.toBeInstanceOf(NetworkFailure)
    expect(session.phase).toBe('signed-in')
  })

  test('that is locked tells the server and the other tabs, and what waits goes on once its owner is back', async () => {
    await session.restore()
    await session.lock()
    expect([session.phase, api.locked, api.told]).toEqual(['locked', true, ['locked']])
    const renewed = session.renew()
    await expect(session.unlock({ password: 'wrong' })).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(session.phase).toBe('locked')
    await session.unlock({ password: 'right' })
    await expect(renewed).resolves.toBe(true)
    expect([session.phase, session.role]).toEqual(['signed-in', 'coordinator'])
    expect(api.told).toEqual(['locked', 'unlocked'])
  })

  test('that was locked asks again when the page is loaded anew', async () => {
    api.locked = true
    const restored = session.restore()
    await expect.poll(() => session.phase).toBe('locked')
    expect(session.account).toBeUndefined()
    await session.unlock({ password: 'right' })
    await restored
    expect([session.phase, session.role]).toEqual(['signed-in', 'coordinator'])
  })

  test('that another tab locked is locked here too, and unlocked with it', async () => {
    await session.restore()
    await session.follow('locked')
    expect(session.phase).toBe('locked')
    await session.follow('unlocked')
    expect(session.phase).toBe('signed-in')
  })

  test('is gone on with by a key, under the same role', async () => {
    await session.restore()
    for (const { id, role } of session.memberships) if (role === 'administrator') await session.changeMembership(id)
    api.told.length = 0
    await session.lock()
    api.current = coordinator
    api.locked = false
    await session.enter((http) => http.post('/sessions/passkey', {}, Session))
    expect([session.phase, session.role]).toEqual(['signed-in', 'administrator'])
    // Nothing that loads the other tabs anew: what was typed there is kept too.
    expect(api.told).toEqual(['locked', 'unlocked'])
  })

  test('another person’s key opens nothing of a locked page', async () => {
    await session.restore()
    await session.lock()
    api.owner = somebodyElse
    await expect(session.enter((http) => http.post('/sessions/passkey', {}, Session))).rejects.toThrow(OtherAccount)
    expect([session.phase, session.account?.id]).toEqual(['locked', account.id])
  })

  test('whoever came in from another tab sees nothing of a page that was somebody else’s', async () => {
    await session.restore()
    await session.lock()
    api.owner = somebodyElse
    api.locked = false
    await session.follow('unlocked')
    expect([session.phase, session.account?.id, api.left]).toEqual(['locked', account.id, ['/']])
  })

  test('a provider is gone to once the server knows of the lock', async () => {
    await session.restore()
    await session.lock()
    api.locked = false
    await session.leaveLocked('/api/v1/openid/x/start')
    expect([api.locked, api.left]).toEqual([true, ['/api/v1/openid/x/start']])
  })
})
