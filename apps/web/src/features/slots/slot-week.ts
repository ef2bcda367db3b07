import type { Slot, SlotWeekday } from '@maillage/contracts/slots/slots'
import { slotWeekdays } from '@maillage/contracts/slots/slots'
import { parisDay, parisDaysLater } from '../../ui/words/paris-time.ts'

/** Monday of the week that holds a day. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7
  return parisDaysLater(day, -weekday)
}

/** The weekday of a day, as the API names it. */
export const weekdayOf = (day: string): SlotWeekday =>
  slotWeekdays[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon'

export interface SlotDay<One extends Pick<Slot, 'startsAt'> = Slot> {
  readonly day: string
  readonly slots: readonly One[]
}

/** The seven days of a week, each with its slots. */
export function daysOfWeek(monday: string, slots: readonly Slot[]): SlotDay[] {
  return Array.from({ length: 7 }, (_, at) => {
    const day = parisDaysLater(monday, at)
    return { day, slots: slots.filter(({ startsAt }) => parisDay(new Date(startsAt)) === day) }
  })
}

/** What may be closed at once: nobody stands in it, and it is still to come. */
export const closable = (slots: readonly Slot[]): Slot[] =>
  slots.filter(({ state, booked, held }) => (state === 'free' || state === 'away') && booked === 0 && held === 0)

/** May a closed slot be opened again? Not once its hour has come. */
export const isReopenable = ({ state, startsAt }: Slot, now: Date): boolean =>
  state === 'closed' && new Date(startsAt) > now

/** How many of a week are free, booked and lost. */
export function countsOf(slots: readonly Slot[]): { free: number; booked: number; lost: number } {
  const count = (...states: readonly Slot['state'][]): number =>
    slots.filter(({ state }) => states.includes(state)).length
  return { free: count('free', 'held'), booked: count('booked'), lost: count('lost') }
}
