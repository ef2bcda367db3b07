import { expect, test } from 'vitest'
import { newsSince } from './news-since.ts'

const at = (time: string): Date => new Date(`2026-03-02T${time}:00Z`)
const now = at('09:00')

test('the first time, the news of one day are shown', () => {
  expect(newsSince(undefined, now)).toEqual(new Date('2026-03-01T09:00:00Z'))
})

test('looking again within the half hour keeps the same news', () => {
  const since = new Date('2026-03-01T17:10:00Z')
  expect(newsSince({ since, lastAt: at('08:45') }, now)).toEqual(since)
})

test('after a pause, news are those since the last look', () => {
  const lastAt = at('08:20')
  expect(newsSince({ since: at('06:00'), lastAt }, now)).toEqual(lastAt)
})

test('after holidays, news go back a week at most', () => {
  const lastAt = new Date('2026-02-01T09:00:00Z')
  expect(newsSince({ since: lastAt, lastAt }, now)).toEqual(new Date('2026-02-23T09:00:00Z'))
})
