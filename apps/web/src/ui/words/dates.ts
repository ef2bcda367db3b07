const PARIS = 'Europe/Paris'
const NBSP = '\u00A0'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const dayKey = new Intl.DateTimeFormat('sv-SE', { timeZone: PARIS, dateStyle: 'short' })
const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, hour: '2-digit', minute: '2-digit' })
const shortDay = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, weekday: 'short', day: 'numeric', month: 'short' })
const yearDay = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, day: 'numeric', month: 'short', year: 'numeric' })
const longDay = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, dateStyle: 'long' })
const exact = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, dateStyle: 'full', timeStyle: 'short' })

export type Urgency = 'late' | 'today' | 'soon' | 'later'

export interface Deadline {
  urgency: Urgency
  /** As people say it: « Retard 2 j », « Aujourd’hui 14:00 », « Demain 9:00 », « ven. 27 nov. ». */
  words: string
  /** For the tooltip: « vendredi 27 novembre 2026 à 14:00 ». */
  exact: string
}

/** « 2 j », « 27 h », « 25 min »: one unit, rounded down, hours up to two days, never « 0 min ». */
export function duration(ms: number): string {
  if (ms >= 2 * DAY) return `${Math.floor(ms / DAY)}${NBSP}j`
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)}${NBSP}h`
  return `${Math.max(1, Math.floor(ms / MINUTE))}${NBSP}min`
}

/** Calendar days in Paris from `from` to `to`, not spans of 24 hours: the days when the clocks change last 23 or 25. */
export function daysBetween(from: Date, to: Date): number {
  return (Date.parse(dayKey.format(to)) - Date.parse(dayKey.format(from))) / DAY
}

/** « 9:00 », « 14:30 », in Paris. */
export function timeInWords(instant: Date): string {
  return clock.format(instant).replace(/^0(?=\d)/, '')
}

/** « vendredi 27 novembre 2026 à 14:00 », for tooltips and printed pages. */
export function exactInWords(instant: Date): string {
  return exact.format(instant).replace(/(^| )1 /, '$11er ')
}

/** « ven. 27 nov. », « dim. 1er nov. », or « 27 nov. 2025 » when the year is not that of `now`. */
export function shortDayInWords(instant: Date, now: Date): string {
  const sameYear = dayKey.format(instant).slice(0, 4) === dayKey.format(now).slice(0, 4)
  const words = (sameYear ? shortDay : yearDay).format(instant)
  return words.replace(/(^| )1 /, '$11er ').replace(/ /g, NBSP)
}

/** What a deadline says and how urgent it looks at `now`. */
export function deadline(due: Date, now: Date): Deadline {
  const left = due.getTime() - now.getTime()
  const away = daysBetween(now, due)
  const at = timeInWords(due)
  const base = { exact: exactInWords(due) }
  if (left < 0) return { ...base, urgency: 'late', words: `Retard ${duration(-left)}` }
  if (away === 0) return { ...base, urgency: 'today', words: `Aujourd’hui ${at}` }
  if (away === 1) return { ...base, urgency: 'soon', words: `Demain ${at}` }
  return { ...base, urgency: 'later', words: shortDayInWords(due, now) }
}

/** A moment as people say it, past or to come: « aujourd’hui 10:38 », « hier 14:20 », « demain 9:00 », « ven. 27 nov. 9:00 ». */
export function momentInWords(instant: Date, now: Date): string {
  const near: Record<number, string> = { [-1]: 'hier', 0: 'aujourd’hui', 1: 'demain' }
  const day = near[daysBetween(now, instant)] ?? shortDayInWords(instant, now)
  return `${day} ${timeInWords(instant)}`
}

/** A day without an hour (`YYYY-MM-DD`) as people write it: « 14 mars 1944 ». */
export function dayInWords(day: string): string {
  // Noon in UTC is the same day in Paris, summer and winter.
  return longDay.format(new Date(`${day}T12:00:00Z`)).replace(/^1 /, '1er ')
}
