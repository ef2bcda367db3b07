import { expect, test } from 'vitest'
import { areaScale, keptLabels, ringsFor } from './map-marks.ts'

test('four times as many is twice as wide: the area tells the count', () => {
  const size = areaScale(40, 48)
  expect([size(40), size(10), size(0)]).toEqual([48, 24, 0])
  expect(size(1)).toBe(8)
})

test('rings are few, round, and reach the farthest; a limit asked for is one of them', () => {
  expect(ringsFor(12, null).map(({ km }) => km)).toEqual([5, 10, 15])
  expect(ringsFor(0, null).map(({ km }) => km)).toEqual([2])
  expect(ringsFor(12, 10)).toEqual([
    { km: 5, label: '5\u00A0km' },
    { km: 15, label: '15\u00A0km' },
    { km: 10, label: '10\u00A0km demandés', isLimit: true },
  ])
})

test('of two labels that meet, the first stays', () => {
  const box = (left: number, top: number) => ({ left, right: left + 40, top, bottom: top + 16 })
  expect(keptLabels([box(0, 0), box(30, 8), box(60, 0), box(30, 20)])).toEqual([true, false, true, true])
})

test('names that nearly touch are one too many, and so is a name over another place’s disc', () => {
  const box = (left: number, top: number, width = 40, height = 16) => ({
    left,
    right: left + width,
    top,
    bottom: top + height,
  })
  expect(keptLabels([box(0, 0), box(42, 0)])).toEqual([true, false])
  const discs = [box(100, 100, 30, 30), box(0, 0, 30, 30)]
  expect(keptLabels([box(100, 132), box(90, 110)], discs)).toEqual([true, false])
  expect(keptLabels([box(100, 110)], discs.slice(0, 1))).toEqual([true])
})
