import { expect, test, vi } from 'vitest'
import { idleMs, lockMarkOf, noteActivity, noteArrival } from './lock-mark.ts'

const minute = 60_000

test('a page that nobody ever touched is left from the moment it was opened', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    expect(idleMs()).toBe(0)
    noteArrival()
    vi.setSystemTime(Date.now() + 20 * minute)
    noteArrival()
    expect(idleMs()).toBe(20 * minute)
  } finally {
    vi.useRealTimers()
  }
})

test('a page loaded anew waits for what the operator set before it takes a screen for left', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    noteActivity()
    const never = lockMarkOf(new Promise(() => undefined))
    expect(await never.isSet()).toBe(false)
    vi.setSystemTime(Date.now() + 20 * minute)
    expect(await lockMarkOf(Promise.resolve(30)).isSet()).toBe(false)
    expect(await lockMarkOf(Promise.resolve(5)).isSet()).toBe(true)
    const mark = lockMarkOf(Promise.resolve(30))
    mark.set()
    expect(await never.isSet()).toBe(true)
    mark.clear()
    expect(await never.isSet()).toBe(false)
  } finally {
    vi.useRealTimers()
  }
})
