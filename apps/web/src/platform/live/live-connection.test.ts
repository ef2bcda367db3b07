import type { LiveChange } from '@maillage/contracts/coordination/live'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followLive, type LiveDeps } from './live-connection.ts'
import { type News, newsFilter } from './live-news.ts'

const aCase = '01938f00-0000-7000-8000-000000000001'
const entries = ['01938f00-0000-7000-8000-0000000000a1', '01938f00-0000-7000-8000-0000000000a2'] as const
const change = (over: Partial<LiveChange> = {}): LiveChange => ({
  what: 'case',
  id: aCase,
  kind: 'gp-search',
  version: 1,
  entry: null,
  own: false,
  ...over,
})

interface Asked {
  accept: string | null
  lastId: string | null
  token: string | null
}

/** A server that answers each call in turn, and a browser that is always awake. */
function following(...answers: ((signal: AbortSignal) => Promise<Response> | Response)[]) {
  const asked: Asked[] = []
  const news: News[] = []
  const stop = new AbortController()
  let token = 'first'
  let giveUp: () => void = () => undefined
  const isConnected: boolean[] = []
  const deps: LiveDeps = {
    fetch: async (_input, init) => {
      const headers = new Headers(init?.headers)
      const read = (name: string): string | null => headers.get(name)
      asked.push({ accept: read('accept'), lastId: read('last-event-id'), token: read('authorization') })
      const signal = init?.signal ?? new AbortController().signal
      const answer = answers.shift()
      if (answer) return await answer(signal)
      return await silence(signal)
    },
    token: () => token,
    renew: async () => {
      token = 'second'
      return true
    },
    awake: async () => undefined,
    rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    whenLost: (lose) => {
      giveUp = lose
      return () => undefined
    },
    onNews: (one) => news.push(one),
    onConnected: (now) => isConnected.push(now),
  }
  void followLive(deps, stop.signal)
  return { asked, news, isConnected, stop: () => stop.abort(), lose: () => giveUp() }
}

/** What a proxy that buffers gives for a stream: nothing, until one goes away. */
const silence = (signal: AbortSignal): Promise<Response> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Gone', 'AbortError')), { once: true })
  })

const streamed =
  (text: string, { stays = false } = {}) =>
  (signal: AbortSignal): Response => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(text))
        if (!stays) controller.close()
        else signal.addEventListener('abort', () => controller.error(new DOMException('Gone', 'AbortError')))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
const said = (event: string, data: unknown, id?: string): string =>
  `${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('changes are told once, and a broken stream is taken up where it was', async () => {
  const told = said('hello', null) + said('changes', [change({ entry: entries[0] })], 'place-1')
  const again = said('changes', [change({ entry: entries[0] }), change({ entry: entries[1] })], 'place-2')
  const { asked, news, stop } = following(streamed(told), streamed(again, { stays: true }))
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked.map(({ lastId }) => lastId)).toEqual([null, 'place-1'])
  expect(news).toEqual([change({ entry: entries[0] }), change({ entry: entries[1] })])
  stop()
})

test('at the end of the token it is renewed, and the stream goes on', async () => {
  const { asked, stop } = following(
    streamed(said('end', { reason: 'token' })),
    streamed(said('hello', null), { stays: true }),
  )
  await vi.advanceTimersByTimeAsync(10)
  expect(asked.map(({ token }) => token)).toEqual(['Bearer first', 'Bearer second'])
  stop()
})

test('behind a proxy that keeps streams to itself, plain answers take over within two seconds', async () => {
  const answer = Response.json({ id: 'place-1', reset: false, changes: [change()] })
  const { asked, news, isConnected, stop } = following(silence, () => answer)
  await vi.advanceTimersByTimeAsync(2100)
  expect(asked.map(({ accept }) => accept)).toEqual(['text/event-stream', 'application/json', 'application/json'])
  expect(asked.at(-1)?.lastId).toBe('place-1')
  expect(news).toEqual([change()])
  expect(isConnected.at(-1)).toBe(true)
  stop()
})

test('a server that is gone is asked again, later and later', async () => {
  const refused = (): Response => new Response('', { status: 502 })
  const { asked, isConnected, stop } = following(...Array.from({ length: 50 }, () => refused))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked.length).toBeGreaterThan(4)
  expect(asked.length).toBeLessThan(15)
  expect(isConnected.at(-1)).toBe(false)
  stop()
})

test('after a sleep the stream is opened anew at once, and too long an absence says so', async () => {
  const told = said('hello', null) + said('beat', null, 'place-1')
  const { asked, news, lose, stop } = following(
    streamed(told, { stays: true }),
    streamed(said('reset', null, 'place-9'), { stays: true }),
  )
  await vi.advanceTimersByTimeAsync(10)
  lose()
  await vi.advanceTimersByTimeAsync(10)
  expect(asked.map(({ lastId }) => lastId)).toEqual([null, 'place-1'])
  expect(news).toEqual([{ what: 'reset' }])
  stop()
})

test('a change is new by its version or by its line of the story', () => {
  const isNew = newsFilter()
  expect(isNew(change())).toBe(true)
  expect(isNew(change())).toBe(false)
  expect(isNew(change({ version: 2 }))).toBe(true)
  expect(isNew(change({ version: 2, entry: entries[1] }))).toBe(true)
  expect(isNew(change({ version: 1, entry: entries[0] }))).toBe(false)
  expect(isNew(change({ what: 'presence', version: null }))).toBe(true)
  expect(isNew(change({ what: 'presence', version: null }))).toBe(true)
})
