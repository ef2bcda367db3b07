import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type Patience, usualPatience } from '../src/platform/door/patience.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'
import { readLive } from './listening-reader.ts'

// Real connections, against a door that has little patience. Nothing is said of how long anything takes.

const short: Partial<Patience> = { headersMs: 400, strangerMs: 400, requestMs: 3000, lingerMs: 200, checkMs: 100 }
let tested: TestApp
let headers: { authorization: string }
const doors: (() => Promise<void>)[] = []

/** A door of its own, listening; gives its port. */
async function aDoor(over: Partial<Patience> = {}): Promise<number> {
  const patience = { ...usualPatience, ...short, ...over }
  const app = await buildApp({ ...tested.deps, settings: { ...tested.deps.settings, patience } })
  doors.push(() => app.close())
  return Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
}
let port: number

beforeAll(async () => {
  tested = await buildTestApp()
  const { headers: own } = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  headers = { authorization: own.authorization ?? '' }
  port = await aDoor()
})
afterAll(async () => {
  for (const close of doors) await close()
  await tested.close()
})

interface Caller {
  readonly socket: Socket
  /** All that was answered, once the connection is over. */
  readonly over: Promise<string>
}
function call(to = port): Caller {
  const socket = connect({ host: '127.0.0.1', port: to })
  const said: Buffer[] = []
  socket.on('data', (bytes) => said.push(bytes))
  socket.on('error', () => undefined)
  const over = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(Buffer.concat(said).toString('latin1')))
  })
  return { socket, over }
}
/** Sends one byte at a time, until somebody hangs up. */
async function drip({ socket, over }: Caller, head: string): Promise<string> {
  socket.write(head)
  while (!socket.destroyed && socket.writable) {
    socket.write('x')
    await sleep(30)
  }
  return over
}
/** Until the pipe takes more, or nobody reads it any longer. */
const waitOn = (socket: Socket) =>
  Promise.race([
    new Promise<void>((resolve) => {
      socket.once('drain', resolve)
      socket.once('close', () => resolve())
    }),
    sleep(2000),
  ])
const beside = (to = port) => fetch(`http://127.0.0.1:${to}/livez`).then(({ status }) => status)
const lines = (...all: string[]) => all.join('\r\n')
const host = 'host: localhost'

describe('who is slow on purpose is cut, and others are served meanwhile', () => {
  test.each([
    ['says nothing', ''],
    ['never ends its headers', lines('GET /livez HTTP/1.1', host, 'x-a: ')],
    [
      'never ends a sign-in',
      lines('POST /api/v1/sessions HTTP/1.1', host, 'content-type: application/json', 'content-length: 900', '', ''),
    ],
    [
      'never ends a form',
      lines(
        'POST /suivi/lien-perdu HTTP/1.1',
        host,
        'content-type: application/x-www-form-urlencoded',
        'content-length: 900',
        '',
        '',
      ),
    ],
    ['sends a body where none was asked', lines('GET /demande HTTP/1.1', host, 'content-length: 900', '', '')],
  ])('somebody who %s', async (_, head) => {
    const slow = Array.from({ length: 10 }, () => {
      const caller = call()
      return head === '' ? caller.over : drip(caller, head)
    })
    expect(await beside()).toBe(200)
    await Promise.all(slow)
    expect(await beside()).toBe(200)
  })

  test('and so is somebody signed in', async () => {
    const signed = `authorization: ${headers.authorization}`
    const json = 'content-type: application/json'
    const caller = call()
    await drip(
      caller,
      lines('PUT /api/v1/drafts/gp-search HTTP/1.1', host, signed, json, 'content-length: 90000', '', ''),
    )
    expect(await beside()).toBe(200)
  })

  test('beyond its connections a process turns callers away, and goes on serving', async () => {
    const to = await aDoor({ mostConnections: 5, headersMs: 3000 })
    const held = Array.from({ length: 12 }, () => call(to))
    const gone = await Promise.race([
      Promise.any(held.slice(5).map(({ over }) => over.then(() => true))),
      sleep(2500, false),
    ])
    expect(gone).toBe(true)
    for (const { socket } of held) socket.destroy()
    await expect.poll(() => beside(to).catch(() => 0)).toBe(200)
  })
})

describe('who is only slow is waited for', () => {
  test('an upload that takes longer than a stranger may', async () => {
    const { socket, over } = call()
    const signed = `authorization: ${headers.authorization}`
    const type = 'content-type: application/octet-stream'
    const name = 'content-disposition: attachment; filename="liste.csv"'
    const head = lines(
      'POST /api/v1/waiting-list-imports HTTP/1.1',
      host,
      signed,
      type,
      name,
      'connection: close',
      'content-length: 200',
      '',
      '',
    )
    socket.write(head)
    for (let part = 0; part < 10; part += 1) {
      socket.write('Nom;Prenom;Tel;Note\n')
      await sleep(80)
    }
    expect(await over).toMatch(/^HTTP\/1\.1 (?:201|422) /)
  })

  test('a screen that listens', async () => {
    const to = await aDoor({ requestMs: 600, headersMs: 300 })
    const reader = await readLive(`http://127.0.0.1:${to}`, headers)
    let isOver = false
    void reader.over.then(() => {
      isOver = true
    })
    await sleep(1500)
    expect(isOver).toBe(false)
    reader.close()
  })
})

describe('what is too large is refused before it is read', () => {
  const megabytes = 64
  const routes = [
    ['a sign-in', 'POST /api/v1/sessions', 'application/json'],
    ['a renewal', 'POST /api/v1/sessions/refresh', 'application/json'],
    ['a form', 'POST /suivi/lien-perdu', 'application/x-www-form-urlencoded'],
    ['a draft', 'PUT /api/v1/drafts/gp-search', 'application/json'],
    ['a case', 'POST /api/v1/gp-searches', 'application/json'],
    ['an import', 'POST /api/v1/waiting-list-imports', 'application/octet-stream'],
    ['a page that takes none', 'POST /nulle-part', 'application/json'],
  ] as const
  const ways = ['content-length', 'chunked'] as const
  const every = routes.flatMap(([what, line, type]) => ways.map((way) => ({ what, line, type, way })))

  test.each(every)('$what ($way)', { timeout: 30_000 }, async ({ line, type, way }) => {
    const { socket, over } = call()
    const signed = `authorization: ${headers.authorization}`
    const size = way === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${megabytes * 1024 * 1024}`
    socket.write(lines(`${line} HTTP/1.1`, host, signed, `content-type: ${type}`, size, '', ''))
    const piece = Buffer.alloc(64 * 1024, 'x')
    let sent = 0
    while (!socket.destroyed && socket.writable && sent < megabytes * 16) {
      const wait = socket.write(
        way === 'chunked' ? Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]) : piece,
      )
      sent += 1
      // A reader that has enough leaves the rest in the pipe.
      if (!wait) await waitOn(socket)
      await sleep(2)
    }
    const answer = await Promise.race([over, sleep(5000, 'still open')])
    expect(answer).toMatch(/^(?:HTTP\/1\.1 (?:413|415|404) |$)/)
    expect(sent).toBeLessThan(megabytes * 16)
    expect(await beside()).toBe(200)
  })

  test.each([
    ['one endless header', lines('GET /livez HTTP/1.1', host, `x-a: ${'a'.repeat(20_000)}`, '', ''), 431],
    ['an endless address', lines(`GET /livez?${'a'.repeat(20_000)} HTTP/1.1`, host, '', ''), 431],
    ['an endless cookie', lines('GET /demande HTTP/1.1', host, `cookie: a=${'a'.repeat(20_000)}`, '', ''), 431],
    [
      'two lengths',
      lines('POST /api/v1/sessions HTTP/1.1', host, 'content-length: 4', 'content-length: 5', '', 'null'),
      400,
    ],
    [
      'a length and chunks',
      lines('POST /api/v1/sessions HTTP/1.1', host, 'content-length: 4', 'transfer-encoding: chunked', '', '0'),
      400,
    ],
    ['a broken line', 'GET /livez HTTP/1.1\nHost: x\r\n\0\r\n\r\n', 400],
    ['no host', lines('GET /livez HTTP/1.1', '', ''), 400],
    ['another protocol', '\u0016\u0003\u0001\u0002\u0000\u0001', 400],
  ])('%s', async (_, request, status) => {
    const { socket, over } = call()
    socket.write(request)
    const answer = await over
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).not.toContain('aaaa')
    expect(await beside()).toBe(200)
  })

  test('hundreds of headers', async () => {
    const { socket, over } = call()
    const many = Array.from({ length: 600 }, (_, n) => `x-${n}: ${n}`)
    socket.write(lines('GET /livez HTTP/1.1', host, 'connection: close', ...many, '', ''))
    expect(await over).toMatch(/^HTTP\/1\.1 (?:200|431) /)
  })
})
