import { newId, SlotId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import type { SeriesSlot } from './series-slots.store.ts'
import { sortSlots } from './sort-slots.ts'

const at = (hours: string, day = '09'): Date => new Date(`2026-06-${day}T${hours}:00Z`)
const slot = (over: Partial<SeriesSlot> = {}): SeriesSlot => ({
  id: newId(SlotId),
  startsAt: at('12:00'),
  endsAt: at('12:20'),
  mode: 'practice',
  isClosed: false,
  booked: 0,
  held: 0,
  ...over,
})
const time = (start: string, end: string, day = '09') => ({ startsAt: at(start, day), endsAt: at(end, day) })
const rule = { capacity: 1, mode: 'practice' } as const
const sorted = (
  slots: SeriesSlot[],
  times: ReturnType<typeof time>[],
  traits: Parameters<typeof sortSlots>[2] = rule,
) => sortSlots(slots, times, traits, 'Europe/Paris')

test('a slot where somebody stands stays, fitting where the rule still gives its very hour', () => {
  const fits = slot({ booked: 1 })
  const moved = slot({ startsAt: at('12:20'), endsAt: at('12:40'), held: 1 })
  const free = slot({ startsAt: at('12:40'), endsAt: at('13:00') })
  const found = sorted([fits, moved, free], [time('12:00', '12:20'), time('13:00', '13:20')])
  expect(found).toMatchObject({ fitting: [fits], kept: [moved], unused: [free] })
  expect(sorted([fits], [time('12:00', '12:30')]).kept).toEqual([fits])
  expect(sorted([fits], [time('12:00', '12:20')], { ...rule, mode: 'tele' }).kept).toEqual([fits])
  expect(sorted([slot({ booked: 2 })], [time('12:00', '12:20')]).kept).toHaveLength(1)
})

test('an hour that was closed stays closed, and a day that was closed is closed at its new hours too', () => {
  const closed = slot({ isClosed: true })
  const open = slot({ startsAt: at('12:20'), endsAt: at('12:40') })
  const wanted = [time('12:00', '12:20'), time('12:20', '12:40'), time('13:00', '13:20')]
  expect(sorted([closed, open], wanted).times).toEqual(wanted.slice(1))
  const nextWeek = time('13:00', '13:20', '16')
  expect(sorted([closed], [...wanted, nextWeek]).times).toEqual([nextWeek])
})
