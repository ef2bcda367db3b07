import { afterEach, beforeEach, expect, vi } from 'vitest'

/** A warning nobody expected is a fault nobody saw: it fails the test. A test that expects one spies on it itself. */
const said: unknown[][] = []

beforeEach(() => {
  said.length = 0
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      said.push([level, ...words])
    })
  }
})

afterEach(() => {
  const unexpected = said.splice(0)
  vi.restoreAllMocks()
  expect(unexpected, 'unexpected console output').toEqual([])
})
