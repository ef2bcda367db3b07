import { lossReasons } from '@maillage/contracts/gp-search'
import { Profession } from '@maillage/contracts/professions'
import type { Role } from '@maillage/contracts/roles'
import { type RedFlag, redFlags } from '@maillage/contracts/unscheduled-care'
import * as z from 'zod'
import { PatientForm, patientBody } from '../../kernel/fields/patient-form.ts'
import type { IntakeKind } from './intake.messages.ts'

const text = z.string().catch('')
const yesNo = z.enum(['yes', 'no']).optional().catch(undefined)
const check = z.boolean().catch(false)

const Situation = z.object({
  hasLongTermCondition: check,
  homebound: check,
  pregnancyOrInfant: check,
  livesAlone: check,
  solidarityCover: check,
  disabledAdultAllowance: check,
  noCareForAYear: check,
  frequentEmergencyVisits: check,
})
export type SituationKey = keyof z.infer<typeof Situation>

/** A request as typed on the phone; what an older draft holds falls back to empty, field by field. */
export const IntakeForm = z.object({
  caller: z.enum(['patient', 'relative', 'professional']).catch('patient'),
  callerName: text,
  callerPhone: text,
  redFlags: z.partialRecord(z.enum(redFlags), z.enum(['yes', 'no'])).catch({}),
  patient: PatientForm.catch(PatientForm.parse({})),
  situation: Situation.catch(Situation.parse({})),
  treatmentDaysLeft: text,
  lossReason: z.enum(lossReasons).optional().catch(undefined),
  previousGp: text,
  gpLeavingOn: text,
  doctorsContacted: text,
  maxDistanceKm: text,
  languages: text,
  gender: z.enum(['female', 'male', 'any']).catch('any'),
  homeVisit: check,
  accessibility: check,
  freeText: text,
  household: z.array(PatientForm).max(11).catch([]),
  reason: text,
  since: text,
  hasGp: yesNo,
  gpName: text,
  canTravel: yesNo,
  profession: Profession.catch('physician'),
  canWait: check,
  consent: check,
  consentChannel: z.enum(['oral', 'written']).catch('oral'),
})
export type IntakeForm = z.infer<typeof IntakeForm>

const given = (typed: string): string | undefined => typed.trim() || undefined
const isYes = (answer: 'yes' | 'no' | undefined): boolean | undefined => (answer ? answer === 'yes' : undefined)
const number = (typed: string): number | undefined =>
  given(typed) ? Number(typed.trim().replace(',', '.')) : undefined
const list = (typed: string): string[] | undefined => {
  const words = typed.split(/[,;\n]/).map((word) => word.trim())
  return words.some(Boolean) ? words.filter(Boolean) : undefined
}
/** A box left empty is a question that was not asked: it is not sent, and no point is lost by it. */
const ticked = (situation: IntakeForm['situation']): Record<string, true> =>
  Object.fromEntries(
    Object.entries(situation)
      .filter(([, isTicked]) => isTicked)
      .map(([fact]) => [fact, true as const]),
  )

function preferencesBody(form: IntakeForm): Record<string, unknown> | undefined {
  const preferences = {
    maxDistanceKm: number(form.maxDistanceKm),
    languages: list(form.languages),
    gender: form.gender === 'any' ? undefined : form.gender,
    homeVisit: form.homeVisit || undefined,
    accessibility: form.accessibility || undefined,
  }
  return Object.values(preferences).some((one) => one !== undefined) ? preferences : undefined
}

function searchDetails(form: IntakeForm): Record<string, unknown> {
  const previousGp = form.lossReason && { name: given(form.previousGp), lossReason: form.lossReason }
  return {
    ...ticked(form.situation),
    treatmentDaysLeft: number(form.treatmentDaysLeft),
    gpLeavingOn: given(form.gpLeavingOn),
    previousGp,
    doctorsAlreadyContacted: list(form.doctorsContacted),
    preferences: preferencesBody(form),
    freeText: given(form.freeText),
  }
}

function careDetails(form: IntakeForm): Record<string, unknown> {
  return {
    reason: form.reason.trim(),
    since: given(form.since),
    callerName: form.caller === 'patient' ? undefined : given(form.callerName),
    hasGp: isYes(form.hasGp),
    gpName: form.hasGp === 'yes' ? given(form.gpName) : undefined,
    canTravel: isYes(form.canTravel),
    profession: form.profession,
  }
}

/** A relative who calls is somebody to call back: their name stands on the contact sheet unless another does. */
function patientOf(form: IntakeForm): Record<string, unknown> {
  const { patient, caller, callerName, callerPhone } = form
  if (caller !== 'relative' || !given(callerName) || given(patient.contactName)) return patientBody(patient)
  return patientBody({ ...patient, contactPart: 'caregiver', contactName: callerName, contactPhone: callerPhone })
}

/** Members of a household live at one address, and are called on the same phone. */
const memberOf = (member: PatientForm, { patient }: IntakeForm): Record<string, unknown> => ({
  patient: patientBody({ ...member, commune: patient.commune, line: patient.line, complement: patient.complement }),
  details: {},
})

export interface IntakeContext {
  role: Role
  informedBy: string
  now: Date
  confirmNotDuplicate?: boolean
}

/** The body that opens the case, for the contract to judge. */
export function intakeBody(kind: IntakeKind, form: IntakeForm, context: IntakeContext): Record<string, unknown> {
  const isByPhone = context.role === 'coordinator' && form.caller !== 'professional'
  const consent = {
    givenAt: context.now.toISOString(),
    channel: form.consentChannel,
    informedBy: context.informedBy,
  }
  const shared = {
    patient: patientOf(form),
    consent: form.consent ? consent : undefined,
    channel: isByPhone ? 'phone' : 'professional',
    confirmNotDuplicate: context.confirmNotDuplicate || undefined,
  }
  if (kind === 'gp-search') {
    const household = form.household.map((member) => memberOf(member, form))
    return {
      ...shared,
      submit: true,
      details: searchDetails(form),
      household: household.length > 0 ? household : undefined,
    }
  }
  return {
    ...shared,
    redFlags: Object.fromEntries(redFlags.map((flag) => [flag, isYes(form.redFlags[flag])])),
    details: careDetails(form),
    requestedLevel: form.canWait ? 'U3' : undefined,
  }
}

/** The signs answered « Oui »: one is enough to stop the request and call the 15. */
export const raisedFlags = (form: Pick<IntakeForm, 'redFlags'>): RedFlag[] =>
  redFlags.filter((flag) => form.redFlags[flag] === 'yes')

/** What is kept of a call sent to the 15: the other signs need not be asked, and the motive is the sign itself. */
export function emergencyBody(form: IntakeForm, context: IntakeContext, motive: string): Record<string, unknown> {
  const body = intakeBody('unscheduled-care', form, context)
  return {
    ...body,
    consent: undefined,
    requestedLevel: undefined,
    redFlags: Object.fromEntries(redFlags.map((flag) => [flag, form.redFlags[flag] === 'yes'])),
    details: { reason: given(form.reason) ?? motive },
  }
}
