import { foldName } from '@maillage/contracts/kit/identifiers'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import type { PatientFound } from '@maillage/contracts/patients'
import type { PatientForm } from '../../kernel/fields/patient-form.ts'

/** What a person already known has in common with the one being described. */
export const matchNames = ['birthName', 'firstName', 'birthDate', 'sex', 'phone'] as const
export type MatchName = (typeof matchNames)[number]

export type Described = Pick<PatientForm, 'birthName' | 'firstName' | 'birthDate' | 'sex' | 'phone'>

/** A name and one of its beginnings: « Guir » is on its way to « Guiraud ». */
const begins = (known: string, typed: string): boolean => typed !== '' && foldName(known).startsWith(foldName(typed))

/** What is the same, accents, hyphens and spaces aside; nothing typed matches nothing. */
export function matchesOf(known: PatientFound, typed: Described): MatchName[] {
  const phone = toE164(typed.phone)
  const same: Record<MatchName, boolean> = {
    birthName: begins(known.birthName, typed.birthName) || begins(known.lastName, typed.birthName),
    firstName: begins(known.firstName, typed.firstName),
    birthDate: typed.birthDate !== '' && known.birthDate === typed.birthDate,
    sex: typed.sex !== undefined && typed.sex !== 'unknown' && known.sex === typed.sex,
    phone: phone !== undefined && known.phones.includes(phone),
  }
  return matchNames.filter((name) => same[name])
}

/** How telling a match is: a phone or a birth date says more than a first name; the sex alone says nothing. */
const weights: Readonly<Record<MatchName, number>> = { phone: 4, birthDate: 4, birthName: 3, firstName: 2, sex: 0 }

/** The likeliest first. */
export const likeness = (matches: readonly MatchName[]): number =>
  matches.reduce((sum, match) => sum + weights[match], 0)

/** What is worth asking the server: a name of two letters, a whole phone number, a whole birth date. */
export function questionsOf({ birthName, firstName, birthDate, phone }: Described): string[] {
  const name = `${birthName} ${firstName}`.trim()
  return [
    birthName.trim().length > 1 ? name : '',
    toE164(phone) ?? '',
    /^(19|20)\d{2}-\d{2}-\d{2}$/.test(birthDate) ? birthDate : '',
  ].filter((question) => question !== '')
}
