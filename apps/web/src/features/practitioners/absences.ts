import { PractitionerId } from '@maillage/contracts/kit/ids'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import type { Absence, NewAbsence, Practitioner, Replacement } from '@maillage/contracts/practitioners'
import { phoneInWords } from '../../ui/words/typography.ts'

/** Who stands in, as the screen holds it. */
export interface ReplacementForm {
  who: 'nobody' | 'colleague' | 'other'
  person: Pick<Practitioner, 'id' | 'displayName' | 'profession'> | undefined
  name: string
  phone: string
}

export const noReplacement = (): ReplacementForm => ({ who: 'nobody', person: undefined, name: '', phone: '' })

/** What would be sent of it, for the contract to judge; nothing when nobody stands in. */
export function replacementBody({ who, person, name, phone }: ReplacementForm): Record<string, unknown> | undefined {
  if (who === 'nobody') return undefined
  if (who === 'colleague') return { practitionerId: person?.id }
  // What is no number is sent as it was typed: the contract refuses it.
  return { name, ...(phone.trim() ? { phone: toE164(phone) ?? phone } : {}) }
}

/** The same again, for an absence that is put back. */
export function replacementAgain(replacement: Replacement | null): Pick<NewAbsence, 'replacement'> {
  if (!replacement) return {}
  const { practitionerId, name, phone } = replacement
  if (practitionerId) return { replacement: { practitionerId: PractitionerId.parse(practitionerId) } }
  return { replacement: { name, ...(phone ? { phone } : {}) } }
}

/** « Remplacé par Dr Anne Lefèvre, 04 65 71 01 42 ». */
export const replacementInWords = ({ name, phone }: Pick<Replacement, 'name' | 'phone'>): string =>
  `Remplacé par ${name}${phone ? `, ${phoneInWords(phone)}` : ''}`

/** The first to come first. */
export const sortedAbsences = (absences: readonly Absence[]): Absence[] =>
  [...absences].sort((a, b) => a.from.localeCompare(b.from) || a.until.localeCompare(b.until))

/** The first absence that shares a day with the days typed; nothing while they are not both typed, in order. */
export function overlapping(
  absences: readonly Absence[],
  { from, until }: { from: string; until: string },
): Absence | undefined {
  if (!from || !until || until < from) return undefined
  return sortedAbsences(absences).find((one) => one.from <= until && from <= one.until)
}
