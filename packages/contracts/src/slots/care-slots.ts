import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { SlotId } from '../kit/ids.ts'
import { careModes, UnscheduledCare } from '../unscheduled-care.ts'
import { SlotPractitioner } from './slots.ts'

/** Why a slot stands where it does, in codes; the screen has the sentences. */
export const SlotReason = z.object({
  code: z.enum(['in-time', 'late', 'near', 'distance-unknown', 'at-a-distance', 'few-booked', 'week-cap']),
  /** Kilometres, or a count. */
  value: z.number().optional(),
  /** The cap that a count is told beside. */
  of: z.int().optional(),
})
export type SlotReason = z.infer<typeof SlotReason>

/** A slot that a request may take, with the reasons of its place in the list. */
export const FreeSlot = z.object({
  id: SlotId,
  startsAt: Instant,
  endsAt: Instant,
  mode: z.enum(careModes),
  placesLeft: z.int(),
  practitioner: SlotPractitioner,
  distanceKm: z.number().nullable(),
  reasons: z.array(SlotReason),
})
export type FreeSlot = z.infer<typeof FreeSlot>

export const SlotHold = z.object({
  slot: FreeSlot.omit({ reasons: true, distanceKm: true, placesLeft: true }),
  heldUntil: Instant,
  heldByName: z.string().nullable(),
})
export type SlotHold = z.infer<typeof SlotHold>

/** The free slots for a request, the best first, and the one kept aside for it. */
export const FreeSlots = z.object({
  /** By when the person should be seen. */
  wantedBefore: Instant.nullable(),
  hold: SlotHold.nullable(),
  items: z.array(FreeSlot),
  /** Whether the caller may hold and book: others read. */
  mayBook: z.boolean(),
})
export type FreeSlots = z.infer<typeof FreeSlots>

export const HoldSlot = z.strictObject({ slotId: SlotId })

/** A visit to come, for whoever gives it: the request, and how to reach the patient. */
export const SlotVisit = z.object({
  care: UnscheduledCare,
  phones: z.array(z.string()),
  addressLine: z.string().nullable(),
  postalCode: z.string().nullable(),
  hoursToCall: z.string().nullable(),
  noVoicemail: z.boolean(),
})
export type SlotVisit = z.infer<typeof SlotVisit>
