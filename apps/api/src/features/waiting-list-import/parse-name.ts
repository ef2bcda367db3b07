import { foldName } from '@maillage/contracts/kit/identifiers'
import type { Sex } from '@maillage/contracts/patients'

/** What a written name says. `orderAssumed`: nothing told the last name from the first but the custom of lists. */
export type WrittenName = {
  lastName?: string
  birthName?: string
  firstName?: string
  sex?: Sex
  orderAssumed?: boolean
}

const civilities: ReadonlyMap<string, Sex> = new Map<string, Sex>(
  Object.entries({
    m: 'male',
    mr: 'male',
    monsieur: 'male',
    mme: 'female',
    mdme: 'female',
    madame: 'female',
    mlle: 'female',
    melle: 'female',
    mademoiselle: 'female',
  } as const),
)

/** The sex that a civility says, alone in its cell or before a name. */
export function sexOfCivility(text: string): Sex | undefined {
  return civilities.get(foldName(text))
}

const withoutCivility = (text: string): { text: string; sex?: Sex } => {
  const [, first = '', rest = ''] = /^(\p{L}+)\.?\s+(.+)$/u.exec(text) ?? []
  const sex = civilities.get(foldName(first))
  return sex ? { text: rest, sex } : { text }
}

const isUpper = (word: string): boolean => /\p{Lu}/u.test(word) && word === word.toLocaleUpperCase('fr')
const particles = new Set([
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'd',
  'van',
  'von',
  'der',
  'den',
  'ben',
  'bin',
  'el',
  'al',
  'da',
  'dos',
  'di',
  'saint',
  'st',
  'ait',
  'ould',
])

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

// « DE LA TOUR Marie »: the particles go with what follows them.
const grouped = (words: readonly string[]): string[] => {
  const groups: string[] = []
  let pending: string[] = []
  for (const word of words) {
    pending.push(word)
    if (particles.has(foldName(word))) continue
    groups.push(pending.join(' '))
    pending = []
  }
  return pending.length > 0 ? [...groups, pending.join(' ')] : groups
}

const splitPlain = (text: string): WrittenName | undefined => {
  const [before, after] = text.split(',').map((part) => part.trim())
  if (before && after) return { lastName: before, firstName: after }
  const words = grouped(wordsOf(text))
  if (words.length < 2) return undefined
  const upper = words.map((word) => wordsOf(word).some((part) => isUpper(part) && part.length > 1))
  const changes = upper.filter((is, i) => i > 0 && is !== upper[i - 1]).length
  // Capitals tell the last name, wherever it stands, when they stand together.
  if (changes === 1) {
    const inCapitals = words.filter((_, i) => upper[i]).join(' ')
    return { lastName: inCapitals, firstName: words.filter((_, i) => !upper[i]).join(' ') }
  }
  if (changes === 0 && words.length === 2) return { lastName: words[0], firstName: words[1], orderAssumed: true }
  return undefined
}

const born = /[,\s(]+n[ée]e?(?:\s*\(e\))?\.?\s*:?\s+/iu
const married = /[,\s(]+(?:[ée]pouse|[ée]p\.?|[ée]poux|veuve|vve|usage)\s*:?\s+/iu

// Either name may be followed by the first name: « née MARTIN Jeanne », « DUPONT Jeanne née MARTIN ».
const splitTwo = (before: string, after: string): { first: string; second: string; firstName?: string } | undefined => {
  const left = splitPlain(before)
  const right = splitPlain(after)
  if (left && !left.orderAssumed && !right)
    return { first: left.lastName ?? '', second: after, firstName: left.firstName }
  if (right && !left) return { first: before, second: right.lastName ?? '', firstName: right.firstName }
  if (!left && !right) return { first: before, second: after }
  return undefined
}

const splitMarried = (text: string): WrittenName | undefined => {
  const clean = text.replace(/\)/g, ' ').trim()
  for (const [pattern, birthFirst] of [
    [born, false],
    [married, true],
  ] as const) {
    const [before = '', after = ''] = clean.split(pattern).map((part) => part.trim())
    if (!before || !after) continue
    const names = splitTwo(before, after)
    if (!names) return undefined
    const { first, second, firstName } = names
    return birthFirst
      ? { birthName: first, lastName: second, firstName }
      : { lastName: first, birthName: second, firstName }
  }
  return undefined
}

const isMarried = (text: string): boolean => born.test(text) || married.test(text)

/**
 * Last and first name from one cell: « DUPONT Jean », « Mme DUPONT née MARTIN Jeanne », « Martin, Jeanne ». Undefined
 * when nothing tells them apart: a wrong split would hide a duplicate.
 */
export function parseFullName(written: string): WrittenName | undefined {
  const { text, sex } = withoutCivility(written.trim())
  const name = isMarried(` ${text}`) ? splitMarried(text) : splitPlain(text)
  if (!name?.firstName || !name.lastName) return undefined
  return sex ? { ...name, sex } : name
}

/** A last name alone in its cell, which may still say « née » and a civility. */
export function parseLastName(written: string): WrittenName {
  const { text, sex } = withoutCivility(written.trim())
  const name = isMarried(` ${text}`) ? (splitMarried(text) ?? { lastName: text }) : { lastName: text }
  return sex ? { ...name, sex } : name
}
