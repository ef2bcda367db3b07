import type { AllowedAction, CaseKindName } from '@maillage/contracts/cases'
import type { Sex } from '@maillage/contracts/patients'
import { thePatient, thePatientWithin } from '../words/patient-words.ts'
import { careForms, dischargeForms, type FormsOf, searchForms } from './act-words.ts'
import type { MoveSpec } from './move-fields.ts'

const formsByKind: Record<CaseKindName, FormsOf> = {
  'gp-search': searchForms,
  'unscheduled-care': careForms,
  'hospital-discharge': dischargeForms,
}

/** A visit is fixed already: the usual next act is then the declaration. */
const visitMoved = { label: 'Changer le rendez-vous', title: 'Changer le premier rendez-vous' }

export interface OfferedAct extends MoveSpec {
  action: string
}

/** The acts that the server allows now and that have a form here, in the order of the forms: the usual next one first. */
export function offeredActs(
  kind: CaseKindName,
  allowed: readonly AllowedAction[],
  sex: Sex,
  status?: string,
): OfferedAct[] {
  const open = new Set(allowed.filter((one) => !one.disabledBecause).map((one) => one.action))
  return Object.entries(formsByKind[kind](sex))
    .filter(([action]) => open.has(action))
    .map(([action, form]) => ({ action, ...form }))
    .map((one) => (one.action === 'book-visit' && status === 'visit_booked' ? { ...one, ...visitMoved } : one))
    .sort((a, b) => Number(a.label === visitMoved.label) - Number(b.label === visitMoved.label))
}

/** « Rendre la patiente », « Rendre le patient ». */
export const releaseLabel = (sex: Sex): string => `Rendre ${thePatientWithin(sex)}`

/** « La patiente retourne dans la file, à son rang. » */
export const releaseWords = (sex: Sex): string =>
  `${thePatient(sex)} retourne dans la file à son rang, et la coordination cherche quelqu’un d’autre.`
