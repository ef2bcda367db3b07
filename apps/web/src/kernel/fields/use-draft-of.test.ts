import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp, effectScope, nextTick, ref } from 'vue'
import { createHttp, httpKey } from '../../platform/http.ts'
import { useDraftOf } from './use-draft-of.ts'

const savedAt = '2026-11-22T09:00:00.000Z'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The card of one partner, beside what the server already keeps. */
function aForm(before: object | undefined, key = 'one') {
  const calls: { method: string; content?: unknown }[] = []
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const method = init?.method ?? 'GET'
    const content = typeof init?.body === 'string' ? JSON.parse(init.body).content : undefined
    if (method !== 'GET') calls.push({ method, ...(content ? { content } : {}) })
    if (method === 'DELETE') return new Response(null, { status: 204 })
    if (method === 'GET' && !before)
      return Response.json(
        { type: '/problems/not-found', title: '', status: 404, code: 'not-found', instance: 'urn:uuid:1' },
        { status: 404, headers: { 'content-type': 'application/problem+json' } },
      )
    return Response.json({ content: content ?? before, savedAt })
  }
  const app = createApp({ render: () => null })
  app.provide(httpKey, createHttp({ fetch, token: () => undefined, renew: async () => false }))
  const name = ref('')
  const draft = app.runWithContext(() =>
    effectScope().run(() =>
      useDraftOf(
        'partner',
        () => key,
        () => (name.value ? { name: name.value } : undefined),
      ),
    ),
  )
  if (!draft) throw new Error('The scope did not run')
  return { draft, name, calls }
}
const settle = () => vi.advanceTimersByTimeAsync(1_500)

test('what was typed about one thing comes back, and what is typed is kept beside the others', async () => {
  const { draft, name, calls } = aForm({ one: { name: 'Cli' }, two: { name: 'CCAS' } })
  expect(await draft.restore()).toEqual({ name: 'Cli' })
  name.value = 'Cli'
  await settle()
  name.value = 'Clinique'
  await settle()
  expect(calls.at(-1)).toEqual({ method: 'PUT', content: { one: { name: 'Clinique' }, two: { name: 'CCAS' } } })
  expect(draft.savedAt.value).toEqual(new Date(savedAt))
})

test('sent, it leaves the draft, and the others stay', async () => {
  const { draft, name, calls } = aForm({ two: { name: 'CCAS' } })
  expect(await draft.restore()).toBeUndefined()
  await settle()
  name.value = 'Clinique'
  await nextTick()
  await draft.drop()
  await settle()
  expect(calls.at(-1)).toEqual({ method: 'PUT', content: { two: { name: 'CCAS' } } })
  expect(draft.savedAt.value).toBeUndefined()
})

test('the last one takes the whole draft away; a form nobody touched keeps none', async () => {
  const { draft, name, calls } = aForm(undefined)
  expect(await draft.restore()).toBeUndefined()
  await settle()
  expect(calls).toEqual([])
  name.value = 'Clinique'
  await settle()
  await draft.drop()
  await settle()
  expect(calls.map(({ method }) => method)).toEqual(['PUT', 'DELETE'])
})
