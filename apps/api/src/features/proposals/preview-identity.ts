import { foldName } from '@maillage/contracts/kit/identifiers'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'

/** Words of a street that name nobody's door by themselves. */
const commonStreetWords = new Set(
  'rue avenue boulevard chemin impasse place route allee allees cours quai square lotissement residence batiment bis ter de du des la le les l d au aux et sur saint sainte'.split(
    ' ',
  ),
)

const digits = (text: string): string => text.replace(/\D/g, '')

/** What of a patient must not be read in a note. */
export type Identity = Pick<
  PatientRow,
  | 'birthName'
  | 'lastName'
  | 'firstName'
  | 'phones'
  | 'email'
  | 'addressLine'
  | 'birthDate'
  | 'guardian'
  | 'caregiver'
  | 'trustedPerson'
>

/**
 * Would this note tell who the patient is? True when it holds their names or those of their relatives, a phone number,
 * an e-mail address, their street or birth date, or any number long enough to be a phone. Accents, case, hyphens and
 * spacing are ignored, invisible characters too.
 */
export function revealsIdentity(typed: string, patient: Identity): boolean {
  const note = typed.normalize('NFKC').replace(/\p{Cf}/gu, '')
  const words = ` ${foldName(note)} `
  if (namesSomebody(words, patient)) return true
  if (/\S+@\S+\.\S+/.test(note)) return true
  if (/(?:\d[^\p{L}\d\n]{0,3}){9,}/u.test(note)) return true
  return tellsBirthDate(note, words, patient.birthDate) || namesStreet(words, patient.addressLine)
}

function namesSomebody(words: string, patient: Identity): boolean {
  const names = [patient.birthName, patient.lastName, patient.firstName].map(foldName)
  if (names.some((name) => name.length > 1 && words.includes(` ${name} `))) return true
  const parts = names.flatMap((name) => name.split(' ')).filter((part) => part.length > 2)
  if (parts.some((part) => words.includes(` ${part} `))) return true
  // A relative by the whole name alone: « la fille » may be how they were written down.
  const relatives = [patient.guardian, patient.caregiver, patient.trustedPerson].map((one) => foldName(one?.name ?? ''))
  return relatives.some((name) => name.includes(' ') && words.includes(` ${name} `))
}

const months = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ')

function tellsBirthDate(note: string, words: string, birthDate: PatientRow['birthDate']): boolean {
  const typed = digits(note)
  if (typed.includes(digits(birthDate)) || typed.includes(frenchDay(birthDate))) return true
  const [year, month, day] = birthDate.split('-').map(Number)
  return words.replaceAll(' 1er ', ' 1 ').includes(` ${day} ${months[Number(month) - 1]} ${year} `)
}

const frenchDay = (day: string): string => `${day.slice(8, 10)}${day.slice(5, 7)}${day.slice(0, 4)}`

function namesStreet(words: string, line: string | null): boolean {
  const proper = foldName(line ?? '')
    .split(' ')
    .filter((word) => word.length > 3 && !/^\d+$/.test(word) && !commonStreetWords.has(word))
  return proper.length > 0 && proper.every((word) => words.includes(` ${word} `))
}
