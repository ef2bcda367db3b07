import { type GpSearchDetails, lossReasons } from '@maillage/contracts/gp-search'
import { ageOn, type DayDate } from '@maillage/contracts/kit/dates'
import { type ContactPerson, type PatientDetails, sexes } from '@maillage/contracts/patients'
import type { Answers } from '../public-registration.table.ts'
import type { Fault } from './field.ts'
import { type AnswerReader, addressAmong, type ContactAddress, readerOf } from './reader.ts'

/** What a step said, or what is wrong with it. */
export type Read<Value> =
  | { readonly value: Value; readonly faults?: never }
  | { readonly faults: readonly Fault[]; readonly value?: never }

const done = <Value>({ faults }: AnswerReader, value: Value): Read<Value> =>
  faults.length > 0 ? { faults } : { value }

/** How to reach somebody, and the address to which links go. */
export interface Contact {
  readonly email: string | undefined
  readonly phones: string[]
  readonly line: string | undefined
  readonly postalCode: string | undefined
  readonly address: ContactAddress
}

/** Reads the ways to reach somebody; without any by which a link arrives, there is nothing to confirm by. */
export function readContact(answers: Answers): Read<Contact> {
  const reader = readerOf(answers)
  const email = reader.email('email')
  const phone = reader.phone('phone')
  const line = reader.text('line', 200)
  const postalCode = reader.text('postalCode', 5)
  if (postalCode && !/^\d{5}$/.test(postalCode)) reader.blame('postalCode', 'Un code postal a cinq chiffres')
  const address = addressAmong(email, phone)
  if (!address && reader.faults.length === 0) {
    reader.blame(
      'email',
      'Donnez une adresse e-mail ou un numéro de mobile. Si vous n’en avez pas, appelez-nous (en bas de la page)',
    )
  }
  return done(reader, { email, phones: phone ? [phone] : [], line, postalCode, address: address ?? { email: '' } })
}

/** Who somebody is. */
export type Identity = Pick<PatientDetails, 'birthName' | 'lastName' | 'firstName' | 'birthDate' | 'sex'>

/** Reads who the search is for, as of `today` in the CPTS. */
export function readIdentity(answers: Answers, today: DayDate): Read<Identity> {
  const reader = readerOf(answers)
  const birthName = reader.needed('birthName', 100, 'Écrivez le nom de naissance')
  const lastName = reader.text('lastName', 100)
  const firstName = reader.needed('firstName', 100, 'Écrivez le prénom')
  const birthDate = reader.day('birthDate')
  if (!birthDate || birthDate > today || birthDate < '1900-01-01') {
    reader.blame('birthDate', 'Écrivez une date de naissance qui existe, avec le jour, le mois et l’année')
  }
  const sex = reader.choice('sex', sexes)
  if (!sex) reader.blame('sex', 'Choisissez une réponse')
  return done(reader, {
    birthName,
    ...(lastName ? { lastName } : {}),
    firstName,
    birthDate: birthDate ?? today,
    sex: sex ?? 'unknown',
  })
}

/** Who filled the form in, and who else of the household looks for a doctor. */
export interface Household {
  readonly guardian: ContactPerson | undefined
  readonly caregiver: ContactPerson | undefined
  readonly others: number
  readonly together: boolean
}

const askers = ['self', 'parent', 'relative'] as const

/** Reads who fills the form in; a minor's parent must be named, because it is they who are called. */
export function readHousehold(answers: Answers, today: DayDate): Read<Household> {
  const reader = readerOf(answers)
  const asker = reader.choice('asker', askers)
  if (!asker) reader.blame('asker', 'Choisissez une réponse')
  const birthDate = reader.day('birthDate')
  const isMinor = birthDate !== undefined && ageOn(birthDate, today) < 18
  if (asker === 'parent' && !isMinor) {
    reader.blame('asker', 'La personne est majeure : choisissez « Un proche, avec son accord »')
  }
  const isNamed = isMinor || asker === 'relative'
  const name = isNamed
    ? reader.needed('askerName', 100, isMinor ? 'Écrivez le nom du parent ou du responsable' : 'Écrivez votre nom')
    : ''
  const relationship = reader.text('askerLink', 60)
  const phone = reader.phone('askerPhone')
  const person = { name, ...(relationship ? { relationship } : {}), ...(phone ? { phone } : {}) }
  return done(reader, {
    guardian: isMinor ? person : undefined,
    caregiver: !isMinor && asker === 'relative' ? person : undefined,
    others: reader.count('others', 11) ?? 0,
    together: reader.isTicked('together'),
  })
}

const situationTicks = [
  'hasLongTermCondition',
  'homebound',
  'pregnancyOrInfant',
  'livesAlone',
  'noCareForAYear',
  'frequentEmergencyVisits',
  'solidarityCover',
  'disabledAdultAllowance',
] as const satisfies (keyof GpSearchDetails)[]

/** Reads the situation. What is not ticked is not said: it is no « no ». */
export function readSituation(answers: Answers): Read<GpSearchDetails> {
  const reader = readerOf(answers)
  const details: GpSearchDetails = {}
  for (const tick of situationTicks) if (reader.isTicked(tick)) details[tick] = true
  const treatmentDaysLeft = reader.count('treatmentDaysLeft', 365)
  if (treatmentDaysLeft !== undefined) details.treatmentDaysLeft = treatmentDaysLeft
  const name = reader.text('previousGpName', 120)
  const lossReason = reader.choice('lossReason', lossReasons) ?? (name ? 'other' : undefined)
  if (lossReason) details.previousGp = { lossReason, ...(name ? { name } : {}) }
  const contacted = (reader.text('doctorsContacted', 2000) ?? '').split('\n').map((line) => line.trim().slice(0, 160))
  const doctors = contacted.filter((line) => line.length > 0).slice(0, 20)
  if (doctors.length > 0) details.doctorsAlreadyContacted = doctors
  return done(reader, details)
}

/** What somebody would like, and how they want to be called. */
export interface Wishes {
  readonly details: GpSearchDetails
  readonly patient: Pick<PatientDetails, 'interpreterLanguage' | 'hoursToCall' | 'noVoicemail'>
}

/** Reads the wishes. */
export function readWishes(answers: Answers): Read<Wishes> {
  const reader = readerOf(answers)
  const distance = reader.choice('maxDistanceKm', ['5', '10', '20', '30'])
  const gender = reader.choice('gender', ['female', 'male'])
  const named = (reader.text('languages', 200) ?? '').split(/[,;\n]/).map((word) => word.trim().slice(0, 40))
  const languages = named.filter((word) => word.length > 1).slice(0, 6)
  const preferences = {
    ...(distance ? { maxDistanceKm: Number(distance) } : {}),
    ...(gender ? { gender } : {}),
    ...(languages.length > 0 ? { languages } : {}),
    ...(reader.isTicked('homeVisit') ? { homeVisit: true } : {}),
    ...(reader.isTicked('accessibility') ? { accessibility: true } : {}),
  }
  const freeText = reader.text('freeText', 1500)
  const interpreterLanguage = reader.text('interpreterLanguage', 60)
  const hoursToCall = reader.text('hoursToCall', 120)
  return done(reader, {
    details: {
      ...(Object.keys(preferences).length > 0 ? { preferences } : {}),
      ...(freeText ? { freeText } : {}),
    },
    patient: {
      ...(interpreterLanguage ? { interpreterLanguage } : {}),
      ...(hoursToCall ? { hoursToCall } : {}),
      ...(reader.isTicked('noVoicemail') ? { noVoicemail: true } : {}),
    },
  })
}
