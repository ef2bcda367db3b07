import { type LikenessPart, type MergedField, veryLikelyFrom } from '@maillage/contracts/coordination/duplicates'
import type { Patient } from '@maillage/contracts/patients'
import { personWord } from '../../kernel/words/patient-words.ts'
import { dayInWords } from '../../ui/words/dates.ts'
import { phoneInWords } from '../../ui/words/typography.ts'

const traits: Readonly<Record<LikenessPart['trait'], string>> = {
  birthName: 'nom de naissance',
  firstName: 'prénom',
  birthDate: 'date de naissance',
  sex: 'sexe',
  phone: 'téléphone',
  email: 'e-mail',
  address: 'adresse',
  nationalHealthId: 'matricule INS',
}

const ways: Readonly<Record<LikenessPart['how'], string>> = {
  same: 'identique',
  sounds: 'se prononce de même',
  close: 'à une faute de frappe près',
  part: 'l’un contient l’autre',
  usual: 'est le nom d’usage de l’autre',
  swapped: 'interverti',
  municipality: 'même commune',
  unknown: 'inconnu d’un côté',
  different: 'différent',
}

const signed = (points: number): string => (points > 0 ? `+${points}` : String(points).replace('-', '−'))

/** « Prénom : se prononce de même, +18 »: one explained part of a score. */
export const partInWords = ({ trait, how, points }: LikenessPart): string => {
  const said = traits[trait]
  const way = trait === 'birthDate' && how === 'swapped' ? 'jour et mois intervertis' : ways[how]
  return `${said.charAt(0).toLocaleUpperCase('fr-FR')}${said.slice(1)}\u00A0: ${way}, ${signed(points)}`
}

/** How sure one may be, in words before figures. */
export const likelihood = (score: number): string => (score >= veryLikelyFrom ? 'Très probable' : 'Possible')

/** One field of the comparison, as it is read on each side. */
export interface ComparedField {
  field: MergedField
  label: string
  values: readonly [string, string]
  isSame: boolean
}

const labels: Readonly<Record<MergedField, string>> = {
  birthName: 'Nom de naissance',
  lastName: 'Nom d’usage',
  firstName: 'Prénom',
  birthDate: 'Date de naissance',
  sex: 'Sexe',
  phones: 'Téléphones',
  email: 'E-mail',
  address: 'Adresse',
  guardian: 'Parent ou tuteur',
  caregiver: 'Aidant',
  trustedPerson: 'Personne de confiance',
  interpreterLanguage: 'Interprète',
  hoursToCall: 'Heures d’appel',
  noVoicemail: 'Message vocal',
  deceasedOn: 'Décès',
}

const contact = (person: Patient['guardian']): string =>
  person
    ? [person.name, person.relationship, person.phone && phoneInWords(person.phone)].filter(Boolean).join(', ')
    : ''

const readings: Readonly<Record<MergedField, (record: Patient) => string>> = {
  birthName: ({ birthName }) => birthName,
  lastName: ({ lastName }) => lastName,
  firstName: ({ firstName }) => firstName,
  birthDate: ({ birthDate }) => dayInWords(birthDate),
  sex: ({ sex }) => (sex === 'unknown' ? 'Non précisé' : personWord(sex)),
  phones: ({ phones }) => phones.map(phoneInWords).join(', '),
  email: ({ email }) => email ?? '',
  address: ({ address }) =>
    [address.line, address.complement, [address.postalCode, address.municipalityName].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(', '),
  guardian: ({ guardian }) => contact(guardian),
  caregiver: ({ caregiver }) => contact(caregiver),
  trustedPerson: ({ trustedPerson }) => contact(trustedPerson),
  interpreterLanguage: ({ interpreterLanguage }) => interpreterLanguage ?? '',
  hoursToCall: ({ hoursToCall }) => hoursToCall ?? '',
  noVoicemail: ({ noVoicemail }) => (noVoicemail ? 'Pas de message vocal' : ''),
  deceasedOn: ({ deceasedOn }) => (deceasedOn ? dayInWords(deceasedOn) : ''),
}

/** What both records say, field by field; a field empty on both sides is left out. */
export function comparedFields([one, other]: readonly [Patient, Patient]): ComparedField[] {
  // The keys of a literal that names every field.
  const fields = Object.keys(labels) as MergedField[]
  return fields.flatMap((field) => {
    const values = [readings[field](one), readings[field](other)] as const
    if (values.every((value) => value === '')) return []
    return [{ field, label: labels[field], values, isSame: values[0] === values[1] }]
  })
}

/** Which side a field is first taken from: the kept record's, unless it says nothing there. */
export const firstChoice = ({ values }: ComparedField, kept: 0 | 1): 0 | 1 => {
  const other = kept === 0 ? 1 : 0
  return values[kept] === '' && values[other] !== '' ? other : kept
}
