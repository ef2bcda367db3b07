import { DayDate } from '@maillage/contracts/kit/dates'
import { foldName } from '@maillage/contracts/kit/identifiers'
import { dayOfSerial } from './sheets/read-workbook.ts'
import type { Cell } from './sheets/sheet.ts'

export type DayProblem = 'unreadable-date' | 'impossible-date' | 'year-only' | 'ambiguous-century'
export type ParsedDay = { day: DayDate } | { problem: DayProblem }

/** How a year of two figures is understood: a birth may be of either century, an inscription is of ours. */
export type TwoFigureYear = 'birth' | 'recent'

const months: Readonly<Record<string, number>> = {
  janv: 1,
  fev: 2,
  mars: 3,
  avr: 4,
  mai: 5,
  juin: 6,
  juil: 7,
  aout: 8,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12,
}

const monthNamed = (name: string): number | undefined => {
  const found = Object.keys(months).find(
    (start) => name.startsWith(start) || (name.length >= 3 && start.startsWith(name)),
  )
  return found === undefined ? undefined : months[found]
}

const fullYear = (year: string, today: DayDate, rule: TwoFigureYear): number | undefined => {
  if (year.length === 4) return Number(year)
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100
  const ours = century + Number(year)
  if (rule === 'recent') return ours
  // « 44 » can only be 1944 today; « 24 » may be a child or somebody of a hundred: not for us to choose.
  return ours > Number(today.slice(0, 4)) ? ours - 100 : undefined
}

const dayOf = (year: number, month: number, day: number): ParsedDay => {
  const two = (n: number) => String(n).padStart(2, '0')
  const parsed = DayDate.safeParse(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)
  return parsed.success ? { day: parsed.data } : { problem: 'impossible-date' }
}

type Parts = { year: string; month: number; day: number }

const partsOf = (text: string): Parts | undefined => {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text)
  if (iso) return { year: iso[1] ?? '', month: Number(iso[2]), day: Number(iso[3]) }
  const french = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:[T ,].*)?$/.exec(text)
  if (french) return { year: french[3] ?? '', month: Number(french[2]), day: Number(french[1]) }
  // Eight figures without separators, or seven when a spreadsheet has eaten the first zero.
  const glued = /^(\d{1,2})(\d{2})((?:19|20)\d{2})$/.exec(text)
  if (glued) return { year: glued[3] ?? '', month: Number(glued[2]), day: Number(glued[1]) }
  const words = /^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})(?: .*)?$/.exec(foldName(text))
  const month = words && monthNamed(words[2] ?? '')
  return words && month ? { year: words[3] ?? '', month, day: Number(words[1]) } : undefined
}

/** A day as coordinators write it: « 12/03/1944 », « 12-3-44 », « 12 mars 1944 », a real date, a spreadsheet's number. */
export function parseDay(cell: Cell, today: DayDate, rule: TwoFigureYear): ParsedDay {
  if (cell.day) return { day: cell.day }
  const text = cell.text.trim()
  if (/^(?:19|20)\d{2}$/.test(text)) return { problem: 'year-only' }
  if (/^\d{3,5}(?:[.,]\d+)?$/.test(text)) {
    const day = dayOfSerial(Math.floor(Number(text.replace(',', '.'))))
    return day ? { day } : { problem: 'unreadable-date' }
  }
  const parts = partsOf(text)
  if (!parts) return { problem: 'unreadable-date' }
  const year = fullYear(parts.year, today, rule)
  return year === undefined ? { problem: 'ambiguous-century' } : dayOf(year, parts.month, parts.day)
}
