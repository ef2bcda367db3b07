import { createHash } from 'node:crypto'
import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { SlotReason } from '@maillage/contracts/slots/care-slots'
import type { SlotLoad } from '../../../kernel/slots/slot.store.ts'
import type { OpenSlot } from './free-slot.store.ts'

/** What the order needs beside the slots. */
export interface Weighing {
  readonly caseId: string
  readonly timeZone: string
  /** By when the person should be seen. */
  readonly wantedBefore: Date
  readonly isRemote: boolean
  /** Visits a week past which a physician's load is pointed out. */
  readonly weekCap: number
  distanceOf(slot: OpenSlot): number | null
  loadOf(id: PractitionerId): SlotLoad
}

export interface RankedSlot {
  readonly slot: OpenSlot
  readonly distanceKm: number | null
  readonly reasons: SlotReason[]
}

/** Distances within one band fit equally well (km): the product's default, no rule. */
const bands = [5, 10, 20, 40] as const

interface Weighed extends RankedSlot {
  readonly isLate: boolean
  readonly day: DayDate
  readonly band: number
  readonly load: SlotLoad
  readonly lot: string
}

/**
 * Slots in the order in which they are offered: before the deadline first, then the nearest day, then the band of
 * distance. Among those that fit equally, whoever was booked least in the last 30 days comes first: visits are shared
 * between volunteers. What somebody declined once is never looked at. The rest falls by a lot drawn for each case.
 */
export function rankSlots(slots: readonly OpenSlot[], weighing: Weighing): RankedSlot[] {
  return slots
    .map((slot) => weigh(slot, weighing))
    .sort(
      (one, other) =>
        Number(one.isLate) - Number(other.isLate) ||
        one.day.localeCompare(other.day) ||
        one.band - other.band ||
        one.load.month - other.load.month ||
        one.lot.localeCompare(other.lot) ||
        one.slot.startsAt.getTime() - other.slot.startsAt.getTime(),
    )
    .map(({ slot, distanceKm, reasons }) => ({ slot, distanceKm, reasons }))
}

function weigh(slot: OpenSlot, weighing: Weighing): Weighed {
  const distanceKm = weighing.isRemote ? null : weighing.distanceOf(slot)
  const isLate = slot.startsAt > weighing.wantedBefore
  const load = weighing.loadOf(slot.practitioner.id)
  const { profession } = slot.practitioner
  const reasons: SlotReason[] = [
    { code: isLate ? 'late' : 'in-time' },
    distanceReason(weighing.isRemote, distanceKm),
    { code: 'few-booked', value: load.month },
    ...(profession === 'physician' ? [{ code: 'week-cap' as const, value: load.week, of: weighing.weekCap }] : []),
  ]
  const lot = createHash('sha256').update(`${weighing.caseId}:${slot.practitioner.id}`).digest('hex')
  const day = dayIn(weighing.timeZone, slot.startsAt)
  return { slot, distanceKm, reasons, isLate, day, band: bandOf(weighing.isRemote, distanceKm), load, lot }
}

function distanceReason(isRemote: boolean, distanceKm: number | null): SlotReason {
  if (isRemote) return { code: 'at-a-distance' }
  return distanceKm === null ? { code: 'distance-unknown' } : { code: 'near', value: distanceKm }
}

/** The first band that holds the distance; unknown ranks after all that is known. */
function bandOf(isRemote: boolean, distanceKm: number | null): number {
  if (isRemote) return 0
  if (distanceKm === null) return bands.length + 1
  const found = bands.findIndex((limit) => distanceKm <= limit)
  return found === -1 ? bands.length : found
}
