import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp, effectScope, ref } from 'vue'
import { createHttp, httpKey } from '../../platform/http.ts'
import { withTyped } from './late-draft.ts'
import { useDraft } from './use-draft.ts'

const savedAt = '2026-11-22T09:00:00.000Z'
const blank = { reason: '', patient: { lastName: '', phone: '' }, languages: [] as string[] }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A form whose draft the server hands out when told to, and the drafts that it was sent. */
function lateDraft() {
  const sent: unknown[] = []
  let answer: (content: object) => void = () => undefined
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    if (body) sent.push(body.content)
    const content = body
      ? body.content
      : await new Promise<object>((resolve) => {
          answer = resolve
        })
    return Response.json({ content, savedAt })
  }
  return { ...formWith(fetch), sent, arrives: (content: object) => answer(content) }
}

function formWith(fetch: typeof globalThis.fetch) {
  const app = createApp({ render: () => null })
  app.provide(httpKey, createHttp({ fetch, token: () => undefined, renew: async () => false }))
  const form = ref(structuredClone(blank))
  const draft = app.runWithContext(() => effectScope().run(() => useDraft('gp-search', () => form.value)))
  if (!draft) throw new Error('The scope did not run')
  return { draft, form }
}

test('a draft read late fills in the form around the words typed meanwhile, and both are kept', async () => {
  const { draft, form, sent, arrives } = lateDraft()
  const restored = draft.restore()
  await vi.advanceTimersByTimeAsync(400)
  form.value.patient.lastName = 'Sorel'
  arrives({ reason: 'Médecin parti', patient: { lastName: 'S', phone: '0465710142' }, languages: ['fr'] })
  const before = await restored
  const whole = { reason: 'Médecin parti', patient: { lastName: 'Sorel', phone: '0465710142' }, languages: ['fr'] }
  expect(before).toEqual(whole)
  form.value = whole
  await vi.advanceTimersByTimeAsync(1_500)
  expect(sent).toEqual([whole])
})

test('a draft that nobody typed before comes back as it was, and is not sent again', async () => {
  const { draft, form, sent, arrives } = lateDraft()
  const restored = draft.restore()
  await vi.advanceTimersByTimeAsync(0)
  const content = { ...blank, reason: 'Médecin parti' }
  arrives(content)
  expect(await restored).toEqual(content)
  form.value = content
  await vi.advanceTimersByTimeAsync(1_500)
  expect(sent).toEqual([])
})

test('a draft is dropped after the saving that was under way, and nothing is saved behind it', async () => {
  const asked: string[] = []
  let saved: () => void = () => undefined
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const method = init?.method ?? 'GET'
    asked.push(method)
    if (method === 'PUT')
      await new Promise<void>((resolve) => {
        saved = resolve
      })
    if (method === 'DELETE') return new Response(null, { status: 204 })
    return Response.json({ content: {}, savedAt })
  }
  const { draft, form } = formWith(fetch)
  await draft.restore()
  await vi.advanceTimersByTimeAsync(0)
  form.value.reason = 'Médecin parti'
  await vi.advanceTimersByTimeAsync(1_500)
  form.value.reason = 'Médecin parti en juin'
  const dropped = draft.drop()
  await vi.advanceTimersByTimeAsync(1_500)
  expect(asked).toEqual(['GET', 'PUT'])
  saved()
  await dropped
  await vi.advanceTimersByTimeAsync(1_500)
  expect(asked).toEqual(['GET', 'PUT', 'DELETE'])
})

test('a list ticked meanwhile is newer than that of the draft', () => {
  expect(withTyped({ ...blank, languages: ['es'] }, blank, { ...blank, languages: ['fr'] }).languages).toEqual(['fr'])
})
