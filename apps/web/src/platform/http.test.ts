import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { ApiProblem, apiUrl, createHttp, NetworkFailure, UnexpectedAnswer } from './http.ts'
import { createKeptAnswers } from './kept-answers.ts'

const Thing = z.object({ name: z.string() })
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const problem = (status: number, code: string, more: object = {}): Response =>
  json(status, {
    type: `/problems/${code}`,
    title: code,
    status,
    code,
    instance: 'urn:uuid:0b0c8e5e-7f3a-4210-9f5e-1f2e3d4c5b6a',
    ...more,
  })

/** A server that gives the answers in turn and keeps what was asked. */
function serverOf(...answers: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    asked.push({ url: String(url), init })
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('No more answers')
    return answer
  }
  return { asked, fetch }
}

const headerOf = (init: RequestInit | undefined, name: string): string | null => new Headers(init?.headers).get(name)

describe('a call', () => {
  test('carries the bearer, repeats several values, and gives what the contract reads', async () => {
    const server = serverOf(json(200, { name: 'Sommières', more: 'ignored' }))
    const http = createHttp({ fetch: server.fetch, token: () => 'abc', renew: async () => false })
    const query = { status: ['eligible', 'matched'], limit: 50, cursor: undefined }
    await expect(http.get('/worklist', Thing, { query })).resolves.toEqual({ name: 'Sommières' })
    expect(server.asked[0]?.url).toBe('/api/v1/worklist?status=eligible&status=matched&limit=50')
    expect(headerOf(server.asked[0]?.init, 'authorization')).toBe('Bearer abc')
    expect(headerOf(server.asked[0]?.init, 'content-type')).toBeNull()
  })

  test('that sends a file keeps its name out of the address', async () => {
    const server = serverOf(json(201, { name: 'reçue' }))
    const http = createHttp({ fetch: server.fetch, token: () => 'abc', renew: async () => false })
    await http.upload('/waiting-list-imports', new File(['a;b'], 'liste d’été.csv'), Thing)
    expect(server.asked[0]?.url).toBe('/api/v1/waiting-list-imports')
    expect(headerOf(server.asked[0]?.init, 'content-type')).toBe('application/octet-stream')
    expect(headerOf(server.asked[0]?.init, 'content-disposition')).toBe(
      `attachment; filename*=UTF-8''liste%20d%E2%80%99%C3%A9t%C3%A9.csv`,
    )
    expect(server.asked[0]?.init.body).toBeInstanceOf(File)
  })

  test('for a file to download gives its text as it came', async () => {
    const server = serverOf(new Response('\uFEFFNom;Prénom', { status: 200 }))
    const http = createHttp({ fetch: server.fetch, token: () => 'abc', renew: async () => false })
    expect(await http.text('/x')).toContain('Nom;Prénom')
  })

  test('that writes sends JSON and its idempotency key', async () => {
    const server = serverOf(new Response(null, { status: 204 }))
    const http = createHttp({ fetch: server.fetch, token: () => 'abc', renew: async () => false })
    await http.post('/cases', { version: 3 }, z.undefined(), { idempotencyKey: 'key-1' })
    expect(server.asked[0]?.init.body).toBe('{"version":3}')
    expect(headerOf(server.asked[0]?.init, 'idempotency-key')).toBe('key-1')
  })

  test('refused throws the problem with its request id and its fields', async () => {
    const errors = [{ pointer: '/patient/birthDate', code: 'invalid-field' }]
    const server = serverOf(problem(422, 'invalid-field', { errors }))
    const http = createHttp({ fetch: server.fetch, token: () => 'abc', renew: async () => true })
    const error = await http.post('/gp-searches', {}, Thing).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiProblem)
    expect(error).toMatchObject({
      code: 'invalid-field',
      status: 422,
      errors,
      requestId: '0b0c8e5e-7f3a-4210-9f5e-1f2e3d4c5b6a',
    })
  })

  test('limited says how long to wait', async () => {
    const limited = problem(429, 'too-many-requests')
    limited.headers.set('retry-after', '30')
    const http = createHttp({ fetch: serverOf(limited).fetch, token: () => undefined, renew: async () => true })
    await expect(http.get('/me', Thing)).rejects.toMatchObject({ retryAfter: 30 })
  })

  test('without network has its own error, and an abort stays an abort', async () => {
    const aborted = new DOMException('gone', 'AbortError')
    const server = serverOf(new TypeError('Failed to fetch'), aborted)
    const http = createHttp({ fetch: server.fetch, token: () => undefined, renew: async () => true })
    await expect(http.get('/me', Thing)).rejects.toBeInstanceOf(NetworkFailure)
    await expect(http.get('/me', Thing)).rejects.toBe(aborted)
  })

  test('answered by a page or by another shape is unexpected', async () => {
    const server = serverOf(new Response('<html>', { status: 502 }), new Response('<html>'), json(200, { name: 3 }))
    const http = createHttp({ fetch: server.fetch, token: () => undefined, renew: async () => true })
    await expect(http.get('/me', Thing)).rejects.toMatchObject({ name: 'UnexpectedAnswer', status: 502 })
    await expect(http.get('/me', Thing)).rejects.toBeInstanceOf(UnexpectedAnswer)
    await expect(http.get('/me', Thing)).rejects.toBeInstanceOf(UnexpectedAnswer)
  })
})

describe('a token that the API no longer takes', () => {
  test('is renewed once, and the call is sent again', async () => {
    let token = 'old'
    const server = serverOf(problem(401, 'not-signed-in'), json(200, { name: 'ok' }))
    const renew = async (): Promise<boolean> => {
      token = 'new'
      return true
    }
    const http = createHttp({ fetch: server.fetch, token: () => token, renew })
    await expect(http.get('/me', Thing)).resolves.toEqual({ name: 'ok' })
    expect(headerOf(server.asked[1]?.init, 'authorization')).toBe('Bearer new')
  })

  test('that another call has just renewed is not renewed again', async () => {
    const tokens = ['old', 'new', 'new']
    const server = serverOf(problem(401, 'session-ended'), json(200, { name: 'ok' }))
    const renew = async (): Promise<boolean> => {
      throw new Error('must not renew')
    }
    const http = createHttp({ fetch: server.fetch, token: () => tokens.shift(), renew })
    await expect(http.get('/me', Thing)).resolves.toEqual({ name: 'ok' })
  })

  test('refused twice gives up', async () => {
    const server = serverOf(problem(401, 'not-signed-in'), problem(401, 'not-signed-in'))
    const http = createHttp({ fetch: server.fetch, token: () => 'same', renew: async () => true })
    await expect(http.get('/me', Thing)).rejects.toMatchObject({ code: 'not-signed-in' })
    expect(server.asked).toHaveLength(2)
  })

  test('is not renewed when the password is what was wrong', async () => {
    const server = serverOf(problem(401, 'wrong-credentials'))
    const http = createHttp({ fetch: server.fetch, token: () => 'abc', renew: async () => true })
    await expect(http.post('/sessions', {}, Thing)).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(server.asked).toHaveLength(1)
  })
})

test('a url leaves out what is not given', () => {
  expect(apiUrl('/cases', { reference: 'MT-2026-0042', kind: null, limit: undefined })).toBe(
    '/api/v1/cases?reference=MT-2026-0042',
  )
  expect(apiUrl('/me')).toBe('/api/v1/me')
})

describe('an answer that is kept', () => {
  const named = (name: string, tag: string): Response => json(200, { name }, { etag: tag })
  const unchanged = (): Response => new Response(null, { status: 304 })
  const signedIn = { token: () => 'abc', renew: async () => false }

  test('is asked for by its name, and confirmed without being sent again', async () => {
    const server = serverOf(named('Sommières', '"a"'), unchanged(), named('Lunel', '"b"'))
    const http = createHttp({ ...signedIn, fetch: server.fetch, kept: createKeptAnswers() })
    const read = () => http.get('/worklist', Thing, { query: { limit: 50 }, keep: true })
    expect([await read(), await read(), await read()].map(({ name }) => name)).toEqual([
      'Sommières',
      'Sommières',
      'Lunel',
    ])
    expect(server.asked.map(({ init }) => headerOf(init, 'if-none-match'))).toEqual([null, '"a"', '"a"'])
  })

  test('is forgotten once something was written, even in vain, and not because somebody reads a case or goes home', async () => {
    const nothing = (): Response => json(200, { name: '' })
    const server = serverOf(named('Sommières', '"a"'), nothing(), nothing(), unchanged(), new Error('cut'))
    const http = createHttp({ ...signedIn, fetch: server.fetch, kept: createKeptAnswers() })
    const read = () => http.get('/worklist', Thing, { keep: true })
    await read()
    await http.put('/cases/1/reading', {}, Thing)
    await http.post('/home/visits', {}, Thing)
    await read()
    await expect(http.put('/cases/1/owner', {}, Thing)).rejects.toThrow(NetworkFailure)
    await expect(read()).rejects.toThrow(NetworkFailure)
    expect(headerOf(server.asked.at(3)?.init, 'if-none-match')).toBe('"a"')
    expect(headerOf(server.asked.at(-1)?.init, 'if-none-match')).toBeNull()
  })

  test('is not kept when all was forgotten while it was on its way', async () => {
    const kept = createKeptAnswers()
    const server = serverOf(named('Sommières', '"a"'), named('Lunel', '"b"'), unchanged())
    let isOvertaken = true
    const fetch: typeof server.fetch = async (url, init) => {
      const answer = await server.fetch(url, init)
      if (isOvertaken) kept.forget()
      isOvertaken = false
      return answer
    }
    const http = createHttp({ ...signedIn, fetch, kept })
    const read = () => http.get('/worklist', Thing, { keep: true })
    expect([await read(), await read(), await read()].map(({ name }) => name)).toEqual(['Sommières', 'Lunel', 'Lunel'])
    expect(server.asked.map(({ init }) => headerOf(init, 'if-none-match'))).toEqual([null, null, '"b"'])
  })

  test('of another address, or that nobody asked to keep, is read anew', async () => {
    const server = serverOf(named('Sommières', '"a"'), named('Lunel', '"b"'), named('Sommières', '"a"'))
    const http = createHttp({ ...signedIn, fetch: server.fetch, kept: createKeptAnswers() })
    await http.get('/worklist', Thing, { keep: true })
    await http.get('/worklist', Thing, { query: { kind: 'gp-search' }, keep: true })
    await http.get('/worklist', Thing)
    expect(server.asked.map(({ init }) => headerOf(init, 'if-none-match'))).toEqual([null, null, null])
  })
})
