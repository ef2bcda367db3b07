import { DayDate, dayIn } from '@maillage/contracts/kit/dates'
import { foldName } from '@maillage/contracts/kit/identifiers'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'

/** What somebody typed to find a patient or a case, understood. */
export interface Sought {
  /** `MT-2026-0042`; without a year, that number in each of the last years. */
  readonly references: readonly string[]
  readonly birthDate: DayDate | null
  /** Beginnings that must all be found, each in one of its spellings. */
  readonly words: readonly (readonly string[])[]
}

const mostWords = 6
const yearsBack = 10
const reference = /^(mt|snp|sh)[\s-]*(?:(\d{4})[\s-]+)?(\d{1,7})$/i
const dayTyped = /(?:^|\s)(?:(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?=\s|$)/
const phoneTyped = /^\+?[\d\s.()/-]{4,}$/

/** Reads what was typed: a reference, else a birth date and words, or a phone number in any of its forms. */
export function readSought(typed: string, now: Date): Sought {
  const asReference = reference.exec(typed.trim())
  if (asReference) return { references: referencesOf(asReference, now), birthDate: null, words: [] }
  const day = dayTyped.exec(typed)
  const birthDate = day ? dayOf(day) : null
  const rest = (birthDate && day ? typed.replace(day[0], ' ') : typed).trim()
  if (phoneTyped.test(rest)) return { references: [], birthDate, words: [phonesOf(rest)] }
  const words = foldName(rest).split(' ').filter(Boolean).slice(0, mostWords)
  return { references: [], birthDate, words: words.map((word) => [word]) }
}

function referencesOf([, prefix = '', year, number = '']: RegExpExecArray, now: Date): string[] {
  // That of the place where a year begins first: wherever the CPTS is, its own is one of the ten.
  const thisYear = Number(dayIn('Pacific/Kiritimati', now).slice(0, 4))
  const years = year ? [Number(year)] : Array.from({ length: yearsBack }, (_, back) => thisYear - back)
  return years.map((one) => `${prefix.toUpperCase()}-${one}-${String(Number(number)).padStart(4, '0')}`)
}

function dayOf([, day, month, year, isoYear, isoMonth, isoDay]: RegExpExecArray): DayDate | null {
  const parts = [isoYear ?? year ?? '', isoMonth ?? month ?? '', isoDay ?? day ?? '']
  const read = DayDate.safeParse(parts.map((part) => part.padStart(2, '0')).join('-'))
  return read.success ? read.data : null
}

/** `06 12 34`, `+33 6 12 34…`, `0033…`: the beginnings under which the number is kept. */
function phonesOf(typed: string): string[] {
  const digits = typed
    .replaceAll('(0)', '')
    .replaceAll(/[^\d+]/g, '')
    .replace(/^00/, '+')
  const whole = toE164(typed)
  return [...new Set(whole ? [digits, whole] : [digits])]
}
