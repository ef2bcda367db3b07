import type { Sex } from '@maillage/contracts/patients'
import { bySex } from '../../kernel/words/patient-words.ts'
import { type MatchName, matchNames } from './known-traits.ts'

const figures = ['', 'Une', 'Deux', 'Trois', 'Quatre', 'Cinq']

/** « Deux patientes ressemblent à celle-ci ». */
export function alikeTitle(count: number, sex: Sex): string {
  const many = count > 1
  const one = { female: 'Une patiente', male: 'Un patient', unknown: 'Une personne' }[sex]
  const several = bySex(sex, { female: 'patientes', male: 'patients', unknown: 'personnes' })
  const these = bySex(sex, { female: 'celle-ci', male: 'celui-ci', unknown: 'celle-ci' })
  return many ? `${figures[count] ?? count} ${several} ressemblent à ${these}` : `${one} ressemble à ${these}`
}

/** Said while a name is typed, before anything is judged alike. */
export const knownTitle = (count: number): string =>
  count === 1 ? 'Une personne déjà connue' : `${figures[count] ?? count} personnes déjà connues`

/** « Ce n’est aucune des deux ». */
export function noneOfThem(count: number, sex: Sex): string {
  const none = bySex(sex, { female: 'aucune', male: 'aucun', unknown: 'aucune' })
  if (count === 1)
    return bySex(sex, { female: 'Ce n’est pas elle', male: 'Ce n’est pas lui', unknown: 'Ce n’est pas cette personne' })
  return count === 2 ? `Ce n’est ${none} des deux` : `Ce n’est ${none} d’entre ${sex === 'male' ? 'eux' : 'elles'}`
}

const traitWords: Readonly<Record<MatchName, string>> = {
  birthName: 'nom',
  firstName: 'prénom',
  birthDate: 'date de naissance',
  sex: 'sexe',
  phone: 'téléphone',
}
const enumeration = new Intl.ListFormat('fr-FR', { type: 'conjunction' })

/** « Mêmes nom, prénom et date de naissance », or nothing when nothing typed is the same. The sex alone says nothing. */
export function matchesInWords(traits: readonly string[]): string {
  const words = matchNames.filter((name) => traits.includes(name)).map((name) => traitWords[name])
  if (words.length === 0 || (words.length === 1 && traits.includes('sex'))) return ''
  return `${words.length > 1 ? 'Mêmes' : 'Même'} ${enumeration.format(words)}`
}
