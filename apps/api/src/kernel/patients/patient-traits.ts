import { foldName } from '@maillage/contracts/kit/identifiers'
import type { PatientDetails } from '@maillage/contracts/patients'

type Described = Pick<PatientDetails, 'birthName' | 'firstName' | 'birthDate' | 'sex'>

/** The four traits that tell a look-alike: birth name, first name, birth date, sex (domain notes D2). */
export const traitNames = ['birthName', 'firstName', 'birthDate', 'sex'] as const
export type TraitName = (typeof traitNames)[number]

const folded = (person: Described): Record<TraitName, string> => ({
  birthName: foldName(person.birthName),
  firstName: foldName(person.firstName),
  birthDate: person.birthDate,
  sex: person.sex,
})

/** One string for the four traits, for an exact look-up. */
export const traitsKey = (person: Described): string => Object.values(folded(person)).join('|')

/** Which of the four traits two descriptions share. */
export function sharedTraits(one: Described, other: Described): TraitName[] {
  const [mine, theirs] = [folded(one), folded(other)]
  return traitNames.filter((trait) => mine[trait] === theirs[trait])
}

/** Three of the four at least, the first name or the birth date among them: twins share a name and a date, not both names. */
export const looksAlike = (shared: readonly TraitName[]): boolean => shared.length >= 3 && shared.includes('firstName')

/** The words by which a patient is found: name parts, whole names in both orders, phone numbers as people type them. */
export function searchTokens(person: Described & Pick<PatientDetails, 'lastName' | 'phones'>): string[] {
  const first = foldName(person.firstName)
  const names = [foldName(person.birthName), foldName(person.lastName ?? person.birthName)]
  const words = [first, ...names].flatMap((name) => name.split(' '))
  const wholes = names.flatMap((name) => [`${name} ${first}`, `${first} ${name}`])
  const phones = person.phones.flatMap((phone) => (phone.startsWith('+33') ? [`0${phone.slice(3)}`, phone] : [phone]))
  return [...new Set([...words, ...wholes, ...phones])].filter((token) => token.length > 0)
}
