import { expect, test } from 'vitest'
import { areaScale, placedLabels, ringsFor } from './map-marks.ts'

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

const box = (left: number, top: number, width = 40, height = 16) => ({
  left,
  right: left + width,
  top,
  bottom: top + height,
})

test('of two labels that meet, or nearly touch, the first stays', () => {
  const alone = (...boxes: ReturnType<typeof box>[]) => placedLabels(boxes.map((one) => [one]))
  expect(alone(box(0, 0), box(30, 8), box(60, 0), box(30, 20))).toEqual([0, -1, 0, 0])
  expect(alone(box(0, 0), box(42, 0))).toEqual([0, -1])
})

test('a name goes above where below is taken, and never over another place', () => {
  const [great, small] = [box(100, 100, 50, 50), box(110, 155, 24, 24)]
  const below = box(105, 152)
  const above = box(105, 82)
  expect(placedLabels([[below, above]], [great])).toEqual([0])
  expect(placedLabels([[below, above]], [great, small])).toEqual([1])
  expect(placedLabels([[below]], [great, small])).toEqual([-1])
})
