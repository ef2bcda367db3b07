import { shortDayInWords } from '../../ui/words/dates.ts'
import { instantOfParis, parisClock, parisDay, parisDaysLater } from '../../ui/words/paris-time.ts'

export interface VisitChoice {
  label: string
  /** A clock of Paris: `2026-11-26T14:00`. */
  value: string
}

const NBSP = '\u00A0'

/** The next half hour, an hour from now at least: who accepts still has to come. */
function soon(now: Date): string {
  const half = 30 * 60_000
  return parisClock(new Date(Math.ceil((now.getTime() + 2 * half) / half) * half))
}

const clockWords = (clock: string): string => clock.slice(11).replace(/^0(?=\d)/, '')

/** The moments that are proposed first, from `from` on when a need begins later: one press, then « Accepter ». */
export function visitChoices(now: Date, from?: Date): VisitChoice[] {
  const today = parisDay(now)
  const start = from && from > now ? from : now
  const startDay = parisDay(start)
  const days = [0, 1, 2].map((ahead) => parisDaysLater(startDay, ahead))
  const wordsOf = (day: string): string => {
    if (day === today) return 'Aujourd’hui'
    if (day === parisDaysLater(today, 1)) return 'Demain'
    return shortDayInWords(instantOfParis(`${day}T12:00`) ?? start, now)
  }
  const first = start === now ? soon(now) : parisClock(start)
  const later = days.flatMap((day) => [`${day}T09:00`, `${day}T14:00`, `${day}T18:00`])
  const isDay = (clock: string): boolean => clock.slice(11) >= '08:00' && clock.slice(11) <= '19:30'
  const clocks = [...new Set([first, ...later])].filter((clock) => clock >= first && isDay(clock)).sort()
  return clocks.slice(0, 4).map((value) => ({
    label: `${wordsOf(value.slice(0, 10))}${NBSP}${clockWords(value)}`,
    value,
  }))
}
