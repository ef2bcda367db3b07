import { foldName } from '@maillage/contracts/kit/identifiers'
import type { Profession } from '@maillage/contracts/professions'

interface Named {
  readonly lastName: string
  readonly firstName: string
}

const doctors: readonly Profession[] = ['physician', 'dentist']

/** « Dr Prénom Nom » for physicians and dentists, « Prénom Nom » for the others. */
export const displayNameOf = ({ firstName, lastName, profession }: Named & { profession: Profession }): string =>
  `${doctors.includes(profession) ? 'Dr ' : ''}${firstName} ${lastName}`

/** The folded words by which a directory entry is sorted and found. */
export const directoryWords = ({ lastName, firstName }: Named): string => foldName(`${lastName} ${firstName}`)
