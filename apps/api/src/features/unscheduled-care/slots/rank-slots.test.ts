import { newId, PractitionerId, SlotId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import type { OpenSlot } from './free-slot.store.ts'
import { rankSlots, type Weighing } from './rank-slots.ts'

const at = (hours: number): Date => new Date(Date.parse('2026-06-08T08:00:00Z') + hours * 3_600_000)

const slot = (hours: number, over: Partial<OpenSlot['practitioner']> = {}): OpenSlot => ({
  id: newId(SlotId),
  startsAt: at(hours),
  endsAt: at(hours + 0.25),
  mode: 'practice',
  placesLeft: 1,
  practitioner: {
    id: newId(PractitionerId),
    displayName: 'Dr Alix Essai',
    profession: 'physician',
    municipality: 'Bordeaux',
    practicePhone: null,
    ...over,
  },
  place: { latitude: null, longitude: null },
})

const weighing = (over: Partial<Weighing> = {}): Weighing => ({
  caseId: 'case',
  timeZone: 'Europe/Paris',
  wantedBefore: at(24),
  isRemote: false,
  weekCap: 20,
  distanceOf: () => 2,
  loadOf: () => ({ month: 0, week: 0 }),
  ...over,
})
const order = (slots: readonly OpenSlot[], over: Partial<Weighing> = {}) =>
  rankSlots(slots, weighing(over)).map((one) => slots.indexOf(one.slot))

test('before the deadline first, then the nearest day, then the band of distance', () => {
  const slots = [slot(30), slot(23), slot(4), slot(2)]
  const far = slots[3]
  expect(order(slots, { distanceOf: (one) => (one === far ? 12 : 2) })).toEqual([2, 3, 1, 0])
})

test('among those that fit as well, whoever was booked least comes first, whatever the hour', () => {
  const slots = [slot(1), slot(2), slot(3)]
  const months = [4, 2, 0]
  const loadOf: Weighing['loadOf'] = (id) => ({
    month: months[slots.findIndex((one) => one.practitioner.id === id)] ?? 0,
    week: 1,
  })
  expect(order(slots, { loadOf })).toEqual([2, 1, 0])
  expect(rankSlots(slots, weighing({ loadOf }))[0]?.reasons).toContainEqual({ code: 'few-booked', value: 0 })
})

test('the lot differs from one case to another and never from one look to the next', () => {
  const slots = Array.from({ length: 6 }, () => slot(2))
  const one = order(slots, { caseId: 'one' })
  expect(order(slots, { caseId: 'one' })).toEqual(one)
  expect(['two', 'three', 'four'].some((caseId) => order(slots, { caseId }).join() !== one.join())).toBe(true)
})

test('the national cap is told of physicians alone, and orders nobody', () => {
  const slots = [slot(2, { profession: 'nurse' }), slot(2)]
  const ranked = rankSlots(slots, weighing({ loadOf: () => ({ month: 0, week: 25 }) }))
  const caps = ranked.map(({ reasons }) => reasons.filter(({ code }) => code === 'week-cap').length)
  expect(caps.sort()).toEqual([0, 1])
})

test('at a distance no commune is far; where it is unknown it comes last', () => {
  const slots = [slot(2), slot(3)]
  expect(rankSlots(slots, weighing({ isRemote: true }))[0]?.reasons[1]).toEqual({ code: 'at-a-distance' })
  const first = slots[0]
  expect(order(slots, { distanceOf: (one) => (one === first ? null : 60) })).toEqual([1, 0])
})
