import { expect, test } from 'vitest'
import { openingWindow, rowWindow, scrollToShow } from './row-window.ts'

test('every row in sight is there, wherever the scroll stands', () => {
  for (let scrollTop = 0; scrollTop < 20_000; scrollTop += 37) {
    const { first, end } = rowWindow(scrollTop, 600, 32, 1000)
    expect(first * 32).toBeLessThanOrEqual(scrollTop)
    expect(end * 32).toBeGreaterThanOrEqual(Math.min(scrollTop + 600, 32_000))
    expect(end - first).toBeLessThan(60)
  }
})

test('a list opens with the rows in sight and no other', () => {
  expect(openingWindow(600, 32, 1000)).toEqual({ first: 0, end: 19 })
  expect(openingWindow(600, 32, 3)).toEqual({ first: 0, end: 3 })
})

test('a row more or less of scroll mostly leaves the same rows', () => {
  const starts = Array.from({ length: 80 }, (_, n) => rowWindow(n * 32 + 2000, 600, 32, 1000).first)
  expect(new Set(starts).size).toBeLessThanOrEqual(11)
})

test('a list that shrank, or is empty, asks for no row beyond its end', () => {
  expect(rowWindow(9000, 600, 32, 3)).toEqual({ first: 0, end: 3 })
  expect(rowWindow(0, 600, 32, 0)).toEqual({ first: 0, end: 0 })
})

test('the list scrolls just enough to show a row whole, below the head', () => {
  const box = { scrollTop: 320, height: 348, rowHeight: 32, head: 28 }
  expect(scrollToShow(12, box)).toBeUndefined()
  expect(scrollToShow(5, box)).toBe(160)
  expect(scrollToShow(20, box)).toBe(352)
})
