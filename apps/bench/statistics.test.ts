import { expect, test } from 'vitest'
import { median, percentile } from './statistics.ts'

test('the median of an even number of runs lies between the two middle ones', () => {
  expect(median([30, 10, 20])).toBe(20)
  expect(median([40, 10, 20, 30])).toBe(25)
})

test('a percentile is one of the numbers, the last one at most', () => {
  const frames = Array.from({ length: 100 }, (_, n) => 100 - n)
  expect(percentile(frames, 0.5)).toBe(51)
  expect(percentile(frames, 0.95)).toBe(96)
  expect(percentile(frames, 1)).toBe(100)
})

test('nothing measured is told as such, never as zero', () => {
  expect(median([])).toBeNaN()
  expect(percentile([], 0.95)).toBeNaN()
})
