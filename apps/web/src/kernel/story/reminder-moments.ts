import { daysBetween, shortDayInWords, timeInWords } from '../../ui/words/dates.ts'
import { instantOfParis, parisClock, parisDay, parisDaysLater } from '../../ui/words/paris-time.ts'

export interface MomentChoice {
  label: string
  /** A clock of Paris, `2026-11-26T14:00`. */
  value: string
}

const NBSP = '\u00A0'
const MINUTE = 60_000
const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi']
const months = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
]

const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay()
const at = (day: string, time: string): string => `${day}T${time}`

/** The next such weekday after today: a « lundi » said on a Monday is that of next week. */
function nextWeekday(today: string, weekday: number): string {
  const away = (weekday - weekdayOf(today) + 7) % 7
  return parisDaysLater(today, away === 0 ? 7 : away)
}

/** The moments that are chosen most, one press each: in an hour, tomorrow, Monday. */
export function momentChoices(now: Date): MomentChoice[] {
  const today = parisDay(now)
  const tomorrow = parisDaysLater(today, 1)
  const monday = nextWeekday(today, 1)
  const choices = [
    { label: `Dans 1${NBSP}h`, value: parisClock(new Date(now.getTime() + 60 * MINUTE)) },
    { label: 'Demain 9:00', value: at(tomorrow, '09:00') },
    { label: 'Demain 14:00', value: at(tomorrow, '14:00') },
    { label: 'Lundi 9:00', value: at(monday, '09:00') },
    { label: 'Lundi 14:00', value: at(monday, '14:00') },
  ]
  // On a Sunday, Monday is tomorrow: said once.
  return choices.filter(({ value }, index) => choices.findIndex((other) => other.value === value) === index)
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[’']/g, ' ')
    .replace(/[\s\u00A0\u202F]+/g, ' ')
    .trim()

const pad = (value: number): string => String(value).padStart(2, '0')

/** « 14 h », « 14h30 », « 9:00 », « midi », « matin »: a time of the day; undefined when it is none. */
function timeOf(said: string): string | undefined {
  const named: Record<string, string> = {
    matin: '09:00',
    midi: '12:00',
    'apres-midi': '14:00',
    'apres midi': '14:00',
    'fin d apres-midi': '17:00',
    soir: '18:00',
  }
  const word = said.replace(/^(a|vers|au|en|le|dans l|l) /, '')
  if (named[word]) return named[word]
  const [, hours, minutes = '0'] = /^(\d{1,2}) ?(?:h|:|heures?) ?(\d{2})?$/.exec(word) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined
  return `${pad(Number(hours))}:${pad(Number(minutes))}`
}

/** A day named at the start of what was said, and what follows it. */
function dayOf(said: string, today: string): { day: string; rest: string } | undefined {
  const near: [RegExp, () => string][] = [
    [/^(aujourd hui|ce|cet|cette)(?= |$)/, () => today],
    [/^apres[- ]demain(?= |$)/, () => parisDaysLater(today, 2)],
    [/^demain(?= |$)/, () => parisDaysLater(today, 1)],
    [/^(la )?semaine prochaine(?= |$)/, () => nextWeekday(today, 1)],
  ]
  for (const [pattern, day] of near) {
    if (pattern.test(said)) return { day: day(), rest: said.replace(pattern, '').trim() }
  }
  const named = /^(?:le )?(dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi)(?: prochain)?(?= |$)/.exec(said)
  const weekday = weekdays.indexOf(named?.[1] ?? '')
  if (named && weekday >= 0) {
    const rest = said.slice(named[0].length).trim()
    // « lundi 30 novembre »: the date says which Monday.
    return datedOf(rest, today) ?? { day: nextWeekday(today, weekday), rest }
  }
  return datedOf(said, today)
}

/** « le 27 novembre », « 27/11 », « 27/11/2026 »: the next such day when no year is said. */
function datedOf(said: string, today: string): { day: string; rest: string } | undefined {
  const [written, day, month, year] =
    /^(?:le )?(\d{1,2})(?:er)?(?:\/| )(\d{1,2}|[a-z]+)(?:(?:\/| )(\d{4}))?(?= |$)/.exec(said) ?? []
  if (!written || !day || !month) return undefined
  const number = /^\d/.test(month) ? Number(month) : months.indexOf(month) + 1
  if (number < 1 || number > 12) return undefined
  const thisYear = Number(today.slice(0, 4))
  const dated = (of: number): string => `${of}-${pad(number)}-${pad(Number(day))}`
  const nextTime = dated(thisYear) < today ? thisYear + 1 : thisYear
  const found = dated(year ? Number(year) : nextTime)
  const isReal = instantOfParis(at(found, '12:00')) && parisDaysLater(found, 0) === found
  return isReal ? { day: found, rest: said.slice(written.length).trim() } : undefined
}

/** « dans 1 h », « dans 30 min », « dans 3 jours », « dans 2 semaines ». */
function delayOf(said: string, now: Date): string | undefined {
  const [, count, unit] = /^dans (une?|\d{1,3}) ?(min|minutes?|h|heures?|j|jours?|semaines?)$/.exec(said) ?? []
  if (!count || !unit) return undefined
  const number = /^\d/.test(count) ? Number(count) : 1
  if (unit.startsWith('min')) return parisClock(new Date(now.getTime() + number * MINUTE))
  if (unit.startsWith('h')) return parisClock(new Date(now.getTime() + number * 60 * MINUTE))
  return at(parisDaysLater(parisDay(now), unit.startsWith('s') ? number * 7 : number), '09:00')
}

/**
 * The moment that words name, as people say it on the phone: « demain 14 h », « lundi matin », « dans 30 min »,
 * « le 27/11 à 10h30 ». A day alone is its morning. Undefined when it is not understood: nothing is guessed.
 */
export function momentOfWords(text: string, now: Date): string | undefined {
  const said = folded(text)
  const delayed = delayOf(said, now)
  if (delayed) return delayed
  const today = parisDay(now)
  const day = dayOf(said, today)
  if (!day) {
    const time = timeOf(said)
    if (!time) return undefined
    // « 9 h », said in the afternoon, is tomorrow’s.
    return at(today, time) > parisClock(now) ? at(today, time) : at(parisDaysLater(today, 1), time)
  }
  const time = day.rest === '' ? '09:00' : timeOf(day.rest)
  return time === undefined ? undefined : at(day.day, time)
}

/** « demain 14:00 », « lun. 30 nov. 9:00 »: what was understood, said back. */
export function clockInWords(clock: string, now: Date): string | undefined {
  const instant = instantOfParis(clock)
  if (!instant) return undefined
  const near = ['aujourd’hui', 'demain'][daysBetween(now, instant)] ?? shortDayInWords(instant, now)
  return `${near} ${timeInWords(instant)}`
}
