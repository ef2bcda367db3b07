import type { lossReasons } from '@maillage/contracts/gp-search'
import { foldName } from '@maillage/contracts/kit/identifiers'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import type { Sex } from '@maillage/contracts/patients'
import { sexOfCivility } from './parse-name.ts'

const yes = new Set([
  'o',
  'oui',
  'x',
  '1',
  'vrai',
  'true',
  'yes',
  'y',
  'ok',
  'c2s',
  'css',
  'cmu',
  'cmuc',
  'cmu c',
  'ame',
  'ald',
  'aah',
])
const no = new Set(['n', 'non', '0', 'faux', 'false', 'no', 'aucun', 'aucune', 'sans', 'neant'])
const unknown = new Set(['', 'nsp', 'ne sait pas', 'inconnu', 'a verifier', 'nc', 'na'])
const ticks = /^[✓✔☑√]$/u

/** A yes or a no as people write it; undefined when not answered, `unreadable` when it is a sentence. */
export function parseYesNo(text: string): boolean | undefined | 'unreadable' {
  if (ticks.test(text.trim())) return true
  const folded = foldName(text)
  if (unknown.has(folded)) return undefined
  if (yes.has(folded)) return true
  if (no.has(folded)) return false
  // « oui (diabète) », « ALD 30 », « C2S depuis mars ».
  const [first = ''] = folded.split(' ')
  if (first.length > 1 && yes.has(first)) return true
  return first === 'non' ? false : 'unreadable'
}

const sexWords: ReadonlyMap<string, Sex> = new Map<string, Sex>(
  Object.entries({
    f: 'female',
    femme: 'female',
    feminin: 'female',
    fille: 'female',
    '2': 'female',
    h: 'male',
    homme: 'male',
    masculin: 'male',
    garcon: 'male',
    '1': 'male',
  } as const),
)

/** The sex that a cell says, by a word, a civility or the figure of a social security number. */
export function parseSex(text: string): Sex | undefined {
  return sexOfCivility(text) ?? sexWords.get(foldName(text))
}

const phonePattern = /(?:(?:\+|00)\d{2,3}[\s./-]*(?:\(0\)\s*)?[1-9]|0[\s./-]*[1-9])(?:[\s./-]*\d){8}(?!\d)/g

/** Every phone number of a cell, in E.164, and what was written beside them: « 06 12 34 56 78 (sa fille) ». */
export function parsePhones(text: string): { phones: string[]; rest: string } {
  const figures = text.replace(/[\s.]/g, '')
  // A spreadsheet that takes a phone for a number eats its first zero.
  const whole = /^[1-9]\d{8}$/.test(figures) ? `0${figures}` : text
  const phones: string[] = []
  const rest = whole.replace(phonePattern, (written) => {
    const phone = toE164(written.replace('(0)', ''))
    if (!phone) return written
    if (!phones.includes(phone)) phones.push(phone)
    return ''
  })
  return { phones, rest: rest.replace(/^[\s/;,.-]+|[\s/;,.-]+$/g, '').trim() }
}

const daysIn: Readonly<Record<string, number>> = { j: 1, s: 7, m: 30 }

/** Days of treatment left: « 15 », « 15 jours », « 2 semaines », « 1 mois », « aucun ». */
export function parseDays(text: string): number | undefined {
  const folded = foldName(text)
  if (no.has(folded)) return 0
  const [, count, unit = ''] = /^(\d{1,3}) ?(?:(j|jour|jours|s|sem|semaine|semaines|mois)(?: .*)?)?$/.exec(folded) ?? []
  if (count === undefined) return undefined
  const days = Number(count) * (daysIn[unit.charAt(0)] ?? 1)
  return days <= 365 ? days : undefined
}

type LossReason = (typeof lossReasons)[number]

// « Déménagement » alone does not say whose: it stays a note.
const lossWords: readonly (readonly [RegExp, LossReason])[] = [
  [/\bretrait/, 'retired'],
  [/\b(?:deced|deces|mort)/, 'deceased'],
  [/\b(?:jamais|aucun medecin|pas eu)/, 'never_had'],
  [/\b(?:medecin|docteur|dr)\b.*\b(?:demenag|parti|quitte|depart)/, 'moved_away'],
  [/\b(?:patient|nouvel arrivant|arrive|emmenag)/, 'patient_moved'],
  [/\b(?:refus|ne prend plus|n accepte)/, 'refused'],
  [/\b(?:depart|parti|quitte|mutation)/, 'moved_away'],
]

/** Why somebody lost their doctor, from a few words; undefined when the words say something else. */
export function parseLossReason(text: string): LossReason | undefined {
  const folded = foldName(text)
  return lossWords.find(([pattern]) => pattern.test(folded))?.[1]
}

/** A list in a cell: doctors already called, separated as people do. */
export function parseList(text: string): string[] {
  return text
    .split(/[;,\n/+]|\s+et\s+/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
