import { expect, test } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { NetworkFailure } from './http.ts'
import { type Load, useLoad } from './use-load.ts'

/** A read whose answers are given by hand, in any order. */
function byHand() {
  const calls: { signal: AbortSignal; answer: (value: string) => void; fail: (error: unknown) => void }[] = []
  const read = (signal: AbortSignal): Promise<string> =>
    new Promise((answer, fail) => {
      calls.push({ signal, answer, fail })
    })
  return { calls, read }
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

function inScope<T>(make: () => Load<T>): { load: Load<T>; leave: () => void } {
  const scope = effectScope()
  const load = scope.run(make)
  if (!load) throw new Error('The scope did not run')
  return { load, leave: () => scope.stop() }
}

test('what is read stays on screen while it is read anew', async () => {
  const { calls, read } = byHand()
  const { load } = inScope(() => useLoad(read))
  calls[0]?.answer('first')
  await settle()
  const again = load.reload()
  expect(load.data.value).toBe('first')
  expect(load.loading.value).toBe(true)
  calls[1]?.answer('second')
  await again
  expect(load.data.value).toBe('second')
  expect(load.loading.value).toBe(false)
})

test('a late answer of an older read is dropped', async () => {
  const { calls, read } = byHand()
  const { load } = inScope(() => useLoad(read))
  const again = load.reload()
  calls[1]?.answer('newer')
  await again
  calls[0]?.answer('older')
  await settle()
  expect(load.data.value).toBe('newer')
  expect(calls[0]?.signal.aborted).toBe(true)
})

test('another case never shows what was read of the former', async () => {
  const { calls, read } = byHand()
  const id = ref('a')
  const { load } = inScope(() => useLoad(read, id))
  calls[0]?.answer('case a')
  await settle()
  id.value = 'b'
  await nextTick()
  expect(load.data.value).toBeUndefined()
})

test('a failure is explained, keeps what was read, and goes with the next answer', async () => {
  const { calls, read } = byHand()
  const { load } = inScope(() => useLoad(read))
  calls[0]?.answer('first')
  await settle()
  const failing = load.reload()
  calls[1]?.fail(new NetworkFailure(undefined))
  await failing
  expect(load.failure.value?.text).toContain('ne répond pas')
  expect(load.data.value).toBe('first')
  const again = load.reload()
  calls[2]?.answer('second')
  await again
  expect(load.failure.value).toBeUndefined()
})

test('leaving the page drops the read', () => {
  const { calls, read } = byHand()
  const { leave } = inScope(() => useLoad(read))
  leave()
  expect(calls[0]?.signal.aborted).toBe(true)
})
