import type { BoardCard } from '@maillage/contracts/discharges/discharge-board'
import { shortDayInWords } from '../../../ui/words/dates.ts'
import { parisDay, parisDaysLater } from '../../../ui/words/paris-time.ts'
import { isUncovered } from './board-words.ts'

export interface BoardColumnData {
  /** The day, `2026-11-26`, or `later`. */
  key: string
  /** « Aujourd’hui », « Demain », « Jeudi », « Plus tard ». */
  title: string
  /** « mar. 24 nov. ». */
  date: string
  cards: BoardCard[]
  /** Late ones stand first, in the column of today. */
  late: number
  uncovered: number
  /** The day where a card that is dropped here goes. */
  day: string
}

const weekday = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long' })
const capital = (words: string): string => words.charAt(0).toLocaleUpperCase('fr-FR') + words.slice(1)
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`)

function titleOf(day: string, today: string): string {
  if (day === today) return 'Aujourd’hui'
  if (day === parisDaysLater(today, 1)) return 'Demain'
  return capital(weekday.format(noon(day)))
}

/** Where a discharge stands: its day in Paris, « later » after the last one; what is late belongs to today. */
export function columnOf(expectedAt: string, days: readonly string[], now: Date): string {
  const day = parisDay(new Date(expectedAt))
  const today = parisDay(now)
  const isLate = day < today
  const shown = isLate ? today : day
  return days.includes(shown) ? shown : 'later'
}

/** The columns of a board that begins on `from`: so many days, then what comes later. */
export function boardColumns(items: readonly BoardCard[], from: string, count: number, now: Date): BoardColumnData[] {
  const today = parisDay(now)
  const days = Array.from({ length: count }, (_, index) => parisDaysLater(from, index))
  const cardsIn = (key: string): BoardCard[] =>
    items.filter((card) => columnOf(card.expectedDischargeAt, days, now) === key)
  const column = (key: string, title: string, date: string, day: string): BoardColumnData => {
    const cards = cardsIn(key)
    return {
      key,
      title,
      date,
      day,
      cards,
      late: cards.filter(({ expectedDischargeAt }) => new Date(expectedDischargeAt) < now).length,
      uncovered: cards.filter((card) => card.needs.some(isUncovered)).length,
    }
  }
  const after = parisDaysLater(from, count)
  return [
    ...days.map((day) => column(day, titleOf(day, today), shortDayInWords(noon(day), now), day)),
    column('later', 'Plus tard', `dès ${shortDayInWords(noon(after), now)}`, after),
  ]
}

/** The same hour on another day, as a clock of Paris. */
export const clockOnDay = (parisClockBefore: string, day: string): string => `${day}${parisClockBefore.slice(10)}`

/** The column beside this one, or none at the edge. */
export function neighbourDay(
  columns: readonly BoardColumnData[],
  key: string,
  by: 1 | -1,
): BoardColumnData | undefined {
  const index = columns.findIndex((column) => column.key === key)
  return index < 0 ? undefined : columns[index + by]
}
