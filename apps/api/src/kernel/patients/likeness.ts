import type { LikenessPart } from '@maillage/contracts/coordination/duplicates'
import { foldName } from '@maillage/contracts/kit/identifiers'
import { soundOf, soundsOf } from './french-phonetics.ts'
import type { PatientRow } from './patient.store.ts'

/** What two people are compared by. */
export type Compared = Pick<
  PatientRow,
  'birthName' | 'lastName' | 'firstName' | 'birthDate' | 'sex' | 'phones' | 'email' | 'addressLine' | 'municipalityCode'
>

/** How alike two people are, out of 100, and by what: each part with its points, none with a value. */
export interface Likeness {
  score: number
  parts: LikenessPart[]
}

/**
 * The points of each likeness. The product's default, not a national rule: the four traits alone give 85, and whoever
 * shares a birth name, an address and a birth date with another first name stays below the threshold, as twins do.
 */
const points = {
  birthName: { same: 25, swapped: 22, usual: 18, sounds: 18, close: 15, part: 12, different: 0 },
  firstName: { same: 25, swapped: 22, usual: 0, sounds: 18, close: 15, part: 12, different: -25 },
  birthDate: { same: 30, swapped: 20, close: 18, different: -20 },
  sex: { same: 5, unknown: 0, different: -10 },
} as const

const phonePoints = 10
const emailPoints = 5
const addressPoints = { same: 8, municipality: 2 } as const

/** From this score on a pair is told to the coordinators. */
export const suspectedFrom = 65

const part = (trait: LikenessPart['trait'], how: LikenessPart['how'], given: number): LikenessPart => ({
  trait,
  how,
  points: given,
})

type NameLikeness = 'same' | 'sounds' | 'close' | 'part' | 'different'

/** How two names are alike, whatever trait they stand in. */
export function compareNames(one: string, other: string): NameLikeness {
  const [mine, theirs] = [foldName(one), foldName(other)]
  if (mine === theirs) return 'same'
  if (soundOf(one) === soundOf(other)) return 'sounds'
  if (isClose(mine, theirs)) return 'close'
  const [my, their] = [soundsOf(one), soundsOf(other)]
  const [few, many] = my.length < their.length ? [my, their] : [their, my]
  return few.length < many.length && few.every((sound) => many.includes(sound)) ? 'part' : 'different'
}

/** One slip of the keyboard in a name of four letters or more, two in one of eight or more. */
function isClose(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length)
  const slips = shorter >= 8 ? 2 : 1
  return shorter >= 4 && distance(one, other, slips) <= slips
}

/** How many letters were missed, added, changed or turned round (Damerau and Levenshtein), counted up to `most`. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const changed = one[i - 1] === other[j - 1] ? 0 : 1
      let fewest = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + changed)
      const isTurned = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (isTurned) fewest = Math.min(fewest, (before[j - 2] ?? 0) + 1)
      row.push(fewest)
    }
    before = last
    last = row
  }
  return last[other.length] ?? most + 1
}

function namesOf(one: Compared, other: Compared): LikenessPart[] {
  const [birth, first] = [compareNames(one.birthName, other.birthName), compareNames(one.firstName, other.firstName)]
  const isTurned =
    birth === 'different' &&
    first === 'different' &&
    soundOf(one.birthName) === soundOf(other.firstName) &&
    soundOf(one.firstName) === soundOf(other.birthName)
  if (isTurned) {
    return [
      part('birthName', 'swapped', points.birthName.swapped),
      part('firstName', 'swapped', points.firstName.swapped),
    ]
  }
  const how = birth === 'different' && sharesUsual(one, other) ? 'usual' : birth
  return [part('birthName', how, points.birthName[how]), part('firstName', first, points.firstName[first])]
}

/** The name of use of one is a name of the other: married names are given for birth names. */
const sharesUsual = (one: Compared, other: Compared): boolean =>
  [other.birthName, other.lastName].some((name) => soundOf(name) === soundOf(one.lastName)) ||
  soundOf(other.lastName) === soundOf(one.birthName)

function compareBirthDates(one: Compared['birthDate'], other: Compared['birthDate']): keyof typeof points.birthDate {
  if (one === other) return 'same'
  const [year, month, day] = one.split('-')
  if (other === `${year}-${day}-${month}`) return 'swapped'
  const digits = (date: string): string => date.replaceAll('-', '')
  return distance(digits(one), digits(other), 1) <= 1 ? 'close' : 'different'
}

function compareSexes(one: Compared['sex'], other: Compared['sex']): keyof typeof points.sex {
  if (one === 'unknown' || other === 'unknown') return 'unknown'
  return one === other ? 'same' : 'different'
}

function reachedAlike(one: Compared, other: Compared): LikenessPart[] {
  const parts: LikenessPart[] = []
  if (one.phones.some((phone) => other.phones.includes(phone))) parts.push(part('phone', 'same', phonePoints))
  if (one.email && one.email.toLowerCase() === other.email?.toLowerCase())
    parts.push(part('email', 'same', emailPoints))
  if (one.municipalityCode !== other.municipalityCode) return parts
  const isSameDoor = one.addressLine && other.addressLine && foldName(one.addressLine) === foldName(other.addressLine)
  const how = isSameDoor ? 'same' : 'municipality'
  return [...parts, part('address', how, addressPoints[how])]
}

/** The explained likeness of two people; the order in which they are given changes nothing. */
export function likenessOf(one: Compared, other: Compared): Likeness {
  const date = compareBirthDates(one.birthDate, other.birthDate)
  const sex = compareSexes(one.sex, other.sex)
  const parts = [
    ...namesOf(one, other),
    part('birthDate', date, points.birthDate[date]),
    part('sex', sex, points.sex[sex]),
    ...reachedAlike(one, other),
  ]
  const total = parts.reduce((sum, { points: given }) => sum + given, 0)
  return { score: Math.min(100, Math.max(0, total)), parts }
}

/**
 * The keys under which a person is compared with others, and never with everybody: a name's sound with the birth date,
 * the sounds of both names, each phone. Two people without any key in common are not compared at all.
 */
export function matchKeys(person: Compared): string[] {
  const names = [person.birthName, person.lastName, person.firstName]
  const sounds = new Set(names.flatMap(soundsOf))
  const first = soundOf(person.firstName)
  const whole = [person.birthName, person.lastName].map((name) => `n:${[soundOf(name), first].sort().join('|')}`)
  const born = [...sounds].map((sound) => `b:${person.birthDate}:${sound}`)
  return [...new Set([...whole, ...born, ...person.phones.map((phone) => `t:${phone}`)])]
}
