import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { PatientDetails } from '@maillage/contracts/patients'
import type { PatientRow } from '../../../kernel/patients/patient.store.ts'
import type { Answers } from '../public-registration.table.ts'

const tick = (isTrue: boolean | undefined): string => (isTrue ? 'yes' : '')

/** What is known of somebody, as the pages of questions show it: to be corrected there. */
export function answersFrom(patient: PatientRow, details: GpSearchDetails): Answers {
  const { preferences = {}, previousGp } = details
  return {
    email: patient.email ?? '',
    phone: patient.phones[0] ?? '',
    line: patient.addressLine ?? '',
    postalCode: patient.postalCode ?? '',
    commune: patient.municipalityCode,
    hasLongTermCondition: tick(details.hasLongTermCondition),
    homebound: tick(details.homebound),
    pregnancyOrInfant: tick(details.pregnancyOrInfant),
    livesAlone: tick(details.livesAlone),
    noCareForAYear: tick(details.noCareForAYear),
    frequentEmergencyVisits: tick(details.frequentEmergencyVisits),
    solidarityCover: tick(details.solidarityCover),
    disabledAdultAllowance: tick(details.disabledAdultAllowance),
    treatmentDaysLeft: details.treatmentDaysLeft === undefined ? '' : String(details.treatmentDaysLeft),
    lossReason: previousGp?.lossReason ?? '',
    previousGpName: previousGp?.name ?? '',
    doctorsContacted: (details.doctorsAlreadyContacted ?? []).join('\n'),
    maxDistanceKm: preferences.maxDistanceKm === undefined ? '' : String(preferences.maxDistanceKm),
    gender: preferences.gender ?? '',
    homeVisit: tick(preferences.homeVisit),
    accessibility: tick(preferences.accessibility),
    languages: (preferences.languages ?? []).join(', '),
    interpreterLanguage: patient.interpreterLanguage ?? '',
    hoursToCall: patient.hoursToCall ?? '',
    noVoicemail: tick(patient.noVoicemail),
    freeText: details.freeText ?? '',
  }
}

/** A patient's description as it stands, to be written again with a part of it changed. */
export const describedAs = (patient: PatientRow): PatientDetails => ({
  birthName: patient.birthName,
  lastName: patient.lastName,
  firstName: patient.firstName,
  birthDate: patient.birthDate,
  sex: patient.sex,
  phones: patient.phones,
  ...(patient.email ? { email: patient.email } : {}),
  address: {
    municipality: patient.municipalityCode,
    ...(patient.addressLine ? { line: patient.addressLine } : {}),
    ...(patient.addressComplement ? { complement: patient.addressComplement } : {}),
    ...(patient.postalCode ? { postalCode: patient.postalCode } : {}),
  },
  ...(patient.guardian ? { guardian: patient.guardian } : {}),
  ...(patient.caregiver ? { caregiver: patient.caregiver } : {}),
  ...(patient.trustedPerson ? { trustedPerson: patient.trustedPerson } : {}),
  ...(patient.interpreterLanguage ? { interpreterLanguage: patient.interpreterLanguage } : {}),
  ...(patient.hoursToCall ? { hoursToCall: patient.hoursToCall } : {}),
  noVoicemail: patient.noVoicemail,
})

const situationKeys = [
  'hasLongTermCondition',
  'homebound',
  'pregnancyOrInfant',
  'livesAlone',
  'noCareForAYear',
  'frequentEmergencyVisits',
  'solidarityCover',
  'disabledAdultAllowance',
  'treatmentDaysLeft',
  'previousGp',
  'doctorsAlreadyContacted',
] as const satisfies (keyof GpSearchDetails)[]

/** The details with those of the situation replaced; what these pages do not ask about stays. */
export function withSituation(known: GpSearchDetails, said: GpSearchDetails): GpSearchDetails {
  const kept = { ...known }
  for (const key of situationKeys) delete kept[key]
  return { ...kept, ...said }
}

/** The same for the wishes. */
export function withWishes(known: GpSearchDetails, said: GpSearchDetails): GpSearchDetails {
  const { preferences: _preferences, freeText: _freeText, ...kept } = known
  return { ...kept, ...said }
}
