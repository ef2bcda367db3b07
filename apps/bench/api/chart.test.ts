import { expect, test } from 'vitest'
import { drawGrowth } from './chart.ts'

const flat = { name: 'file', values: [1, 1, 1] }
const growing = { name: 'compte <exact>', values: [1, 10, 100] }
const drawn = drawGrowth('Coût', [10_000, 100_000, 1_000_000], [flat, growing], 'ms')
const points = (index: number): string[] => [...drawn.matchAll(/points="([^"]+)"/g)][index]?.[1]?.split(' ') ?? []

test('a cost that does not grow is a flat line', () => {
  expect(new Set(points(0).map((point) => point.split(',')[1])).size).toBe(1)
  expect(new Set(points(1).map((point) => point.split(',')[1])).size).toBe(3)
})

test('names are written as they are, never as markup', () => {
  expect(drawn).toContain('compte &lt;exact>')
  expect(drawn.startsWith('<svg xmlns=')).toBe(true)
})
