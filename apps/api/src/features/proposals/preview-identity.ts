import { foldName } from '@maillage/contracts/kit/identifiers'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'

/** Words of a street that name nobody's door by themselves. */
const commonStreetWords = new Set(
  'rue avenue boulevard chemin impasse place route allee allees cours quai square lotissement residence batiment bis ter de du des la le les l d au aux et sur saint sainte'.split(
    ' ',
  ),
)

const digits = (text: string): string => text.replace(/\D/g, '')

/**
 * Would this note tell who the patient is? True when it holds their names, a phone number, an e-mail address, their
 * street, or any number long enough to be a phone. Accents, case, hyphens and spacing are ignored.
 */
export function revealsIdentity(
  note: string,
  patient: Pick<PatientRow, 'birthName' | 'lastName' | 'firstName' | 'phones' | 'email' | 'addressLine' | 'birthDate'>,
): boolean {
  const words = ` ${foldName(note)} `
  const names = [patient.birthName, patient.lastName, patient.firstName].map(foldName)
  if (names.some((name) => name.length > 1 && words.includes(` ${name} `))) return true
  const parts = names.flatMap((name) => name.split(' ')).filter((part) => part.length > 2)
  if (parts.some((part) => words.includes(` ${part} `))) return true
  if (/\S+@\S+\.\S+/.test(note)) return true
  if (/(?:\d[\s.-]?){9,}/.test(note)) return true
  if (digits(note).includes(digits(patient.birthDate)) || digits(note).includes(frenchDay(patient.birthDate)))
    return true
  return namesStreet(words, patient.addressLine)
}

const frenchDay = (day: string): string => `${day.slice(8, 10)}${day.slice(5, 7)}${day.slice(0, 4)}`

function namesStreet(words: string, line: string | null): boolean {
  const proper = foldName(line ?? '')
    .split(' ')
    .filter((word) => word.length > 3 && !/^\d+$/.test(word) && !commonStreetWords.has(word))
  return proper.length > 0 && proper.every((word) => words.includes(` ${word} `))
}
