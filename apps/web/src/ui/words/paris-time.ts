const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const MINUTE = 60_000

/** « 2026-11-26T14:00 », the clock of Paris at that instant: what a date-and-time field shows. */
export function parisClock(instant: Date): string {
  return parts.format(instant).replace(' ', 'T').slice(0, 16)
}

/** « 2026-11-26 », the day of Paris at that instant. */
export function parisDay(instant: Date): string {
  return parisClock(instant).slice(0, 10)
}

/** The instant that a clock of Paris shows (`2026-11-26T14:00`), or undefined when what was typed is no date. */
export function instantOfParis(clock: string): Date | undefined {
  const guess = Date.parse(`${clock}:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(clock) || Number.isNaN(guess)) return undefined
  const offset = (at: number): number => Date.parse(`${parisClock(new Date(at))}:00Z`) - at + (at % MINUTE)
  // Twice: near a change of clocks, the offset of the first guess is that of the other season.
  const once = guess - offset(guess)
  return new Date(guess - offset(once))
}

/** The same hour of another day, counted in days of the calendar: the days when the clocks change last 23 or 25 hours. */
export function parisDaysLater(day: string, days: number): string {
  const noon = new Date(`${day}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + days)
  return noon.toISOString().slice(0, 10)
}
