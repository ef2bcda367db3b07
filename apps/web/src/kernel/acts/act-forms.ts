import type { AllowedAction, CaseKindName } from '@maillage/contracts/cases'
import type { Sex } from '@maillage/contracts/patients'
import { instantOfParis, parisDay } from '../../ui/words/paris-time.ts'
import { thePatient, thePatientWithin } from '../words/patient-words.ts'
import type { ActField, ActForm, FormsOf } from './act-field.ts'
import { careForms, dischargeForms, searchForms } from './act-words.ts'

const formsByKind: Record<CaseKindName, FormsOf> = {
  'gp-search': searchForms,
  'unscheduled-care': careForms,
  'hospital-discharge': dischargeForms,
}

/** A visit is fixed already: the usual next act is then the declaration. */
const visitMoved = { label: 'Changer le rendez-vous', title: 'Changer le premier rendez-vous' }

export interface OfferedAct extends ActForm {
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

/** What the fields hold when the dialog opens: a day is most often today. */
export const emptyValues = (act: ActForm, now: Date): Record<string, string> =>
  Object.fromEntries(
    act.fields.map((field) => [field.name, field.type === 'day' && !field.optional ? parisDay(now) : '']),
  )

function sentValue(field: ActField, typed: string): unknown {
  const given = typed.trim()
  if (given === '') return undefined
  if (field.type === 'moment') return instantOfParis(given)?.toISOString() ?? given
  // A yes or no reads as a choice and travels as a boolean.
  if (given === 'yes' || given === 'no') return given === 'yes'
  return given
}

/** The body of the move, without its version. */
export function bodyOfAct(
  act: OfferedAct,
  values: Readonly<Record<string, string>>,
  now: Date,
): Record<string, unknown> {
  const typed = act.fields.map((field) => [field.name, sentValue(field, values[field.name] ?? '')])
  return { action: act.action, ...act.preset?.(now), ...Object.fromEntries(typed) }
}

/** What is missing, by field: nothing is sent that would come back refused for it. */
export function faultsOfAct(act: ActForm, values: Readonly<Record<string, string>>): Record<string, string> {
  const missing = act.fields.filter((field) => !field.optional && (values[field.name] ?? '').trim() === '')
  const words = {
    moment: 'Indiquez le jour et l’heure.',
    day: 'Indiquez un jour.',
    text: 'Complétez ce champ.',
    choice: 'Choisissez une réponse.',
  }
  return Object.fromEntries(missing.map((field) => [field.name, words[field.type]]))
}

/** « Rendre la patiente », « Rendre le patient ». */
export const releaseLabel = (sex: Sex): string => `Rendre ${thePatientWithin(sex)}`

/** « La patiente retourne dans la file, à son rang. » */
export const releaseWords = (sex: Sex): string =>
  `${thePatient(sex)} retourne dans la file à son rang, et la coordination cherche quelqu’un d’autre.`
