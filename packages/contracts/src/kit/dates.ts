import * as z from 'zod'

/** A moment, ISO 8601 in UTC on the wire: `2026-11-21T13:00:00.000Z`. */
export const Instant = z.iso.datetime()
export type Instant = z.infer<typeof Instant>

/** A day without an hour (birth, absence): `YYYY-MM-DD`, never a JS Date. */
export const DayDate = z.iso.date().brand<'DayDate'>()
export type DayDate = z.infer<typeof DayDate>

/** Whole years between two days, as people count ages. */
export function ageOn(birth: DayDate, today: DayDate): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4))
  return today.slice(5) < birth.slice(5) ? years - 1 : years
}

// Making a formatter costs a hundred times using one; a handful of zones exist.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  formatters.set(zone, known)
  return known
}

/** The day that `instant` is in a zone; the day of a person in Paris is not that of UTC at 23:30. */
export function dayIn(zone: string, instant: Date): DayDate {
  return DayDate.parse(formatterOf(zone).format(instant))
}
