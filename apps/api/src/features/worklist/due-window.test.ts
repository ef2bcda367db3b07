import { expect, test } from 'vitest'
import { dueWindow } from './due-window.ts'

const paris = 'Europe/Paris'

// Saturday, Sunday, Monday, Thursday late at night, Friday: each leads to the Friday night that people mean.
test.each([
  ['2026-11-21T10:00:00Z', '2026-11-27T23:00:00.000Z'],
  ['2026-11-22T10:00:00Z', '2026-11-27T23:00:00.000Z'],
  ['2026-11-23T10:00:00Z', '2026-11-27T23:00:00.000Z'],
  ['2026-11-26T22:59:00Z', '2026-11-27T23:00:00.000Z'],
  ['2026-11-27T10:00:00Z', '2026-11-27T23:00:00.000Z'],
  ['2026-11-27T23:00:00Z', '2026-12-04T23:00:00.000Z'],
])('on %s, by Friday means before %s', (now, before) => {
  expect(dueWindow('by-friday', paris, new Date(now))).toEqual({ from: null, before: new Date(before) })
})

test('a window of days follows the wall clock through a change of hour', () => {
  const { from, before } = dueWindow('week', paris, new Date('2026-10-22T10:00:00Z'))
  expect([from?.toISOString(), before.toISOString()]).toEqual(['2026-10-22T10:00:00.000Z', '2026-10-28T23:00:00.000Z'])
})
