import { ageOn, DayDate } from '@maillage/contracts/kit/dates'
import type { Sex } from '@maillage/contracts/patients'
import { dayInWords } from '../../ui/words/dates.ts'
import { parisDay } from '../../ui/words/paris-time.ts'

/** Words that follow the person's recorded sex. Unknown is worded otherwise, never with « (e) ». */
export function bySex<Words>(sex: Sex, words: Record<Sex, Words>): Words {
  return words[sex]
}

/** « La patiente », « Le patient », « La personne »: to begin a sentence. */
export const thePatient = (sex: Sex): string =>
  bySex(sex, { female: 'La patiente', male: 'Le patient', unknown: 'La personne' })

/** « la patiente », inside a sentence. */
export const thePatientWithin = (sex: Sex): string => thePatient(sex).replace(/^L/, 'l')

/** « La patiente n’en sera pas informée. » */
export const notTold = (sex: Sex): string =>
  `${thePatient(sex)} n’en sera pas ${bySex(sex, { female: 'informée', male: 'informé', unknown: 'informée' })}.`

/** « Femme », « Homme »; unknown: « Personne ». */
export const personWord = (sex: Sex): string => bySex(sex, { female: 'Femme', male: 'Homme', unknown: 'Personne' })

/** « 82 ans », « moins d’un an ». */
export function ageInWords(birthDate: string, now: Date): string {
  const age = ageOn(DayDate.parse(birthDate), DayDate.parse(parisDay(now)))
  if (age < 1) return 'moins d’un an'
  return `${age}\u00A0${age === 1 ? 'an' : 'ans'}`
}

/** « 82 ans, née le 14 mars 1944 ». */
export function bornInWords(person: { birthDate: string; sex: Sex }, now: Date): string {
  const born = bySex(person.sex, { female: 'née le', male: 'né le', unknown: 'naissance le' })
  return `${ageInWords(person.birthDate, now)}, ${born} ${dayInWords(person.birthDate)}`
}
