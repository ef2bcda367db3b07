import type { NationalHealthId } from '@maillage/contracts/coordination/patient-identity'
import { NeedType } from '@maillage/contracts/discharge-needs'
import { destinations, hadStates, pradoPathways } from '@maillage/contracts/hospital-discharge'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import { Profession } from '@maillage/contracts/professions'
import * as z from 'zod'
import { PatientForm, patientBody } from '../../../../kernel/fields/patient-form.ts'
import { instantOfParis } from '../../../../ui/words/paris-time.ts'

const text = z.string().catch('')
const yesNo = z.enum(['yes', 'no']).optional().catch(undefined)

/** One need as typed; dates are clocks of Paris. */
export const WardNeed = z.object({
  type: NeedType,
  label: text,
  frequency: text,
  start: text,
  end: text,
  /** Hours after the discharge and hours of length, from a template: they give the dates once that of the discharge is known. */
  after: z.number().optional().catch(undefined),
  lasts: z.number().optional().catch(undefined),
  atHome: z.boolean().catch(true),
  prescription: z.boolean().catch(false),
  vital: z.boolean().catch(false),
})
export type WardNeed = z.infer<typeof WardNeed>

const Carer = z.object({
  profession: Profession.catch('nurse'),
  name: text,
  phone: text,
  /** Of the directory, when they were found there. */
  practitionerId: text,
})
export type UsualCarerForm = z.infer<typeof Carer>

/** A discharge as typed over the four steps; an older draft restores what it can. */
export const WardForm = z.object({
  patient: PatientForm.catch(PatientForm.parse({})),
  unitId: text,
  expected: text,
  earliest: text,
  latest: text,
  destination: z.enum(destinations).catch('home'),
  stayReason: text,
  precaution: text,
  livesAlone: yesNo,
  gir: text,
  prado: z.enum(['', ...pradoPathways]).catch(''),
  had: z.enum(hadStates).catch('not_needed'),
  usualTeam: z.array(Carer).max(10).catch([]),
  callBackPhone: text,
  callBackHours: text,
  deputy: text,
  hasGp: yesNo,
  gpName: text,
  needs: z.array(WardNeed).catch([]),
  patientInformed: z.boolean().catch(false),
  consent: z.boolean().catch(false),
  consentChannel: z.enum(['oral', 'written']).catch('oral'),
})
export type WardForm = z.infer<typeof WardForm>

const given = (typed: string): string | undefined => typed.trim() || undefined
// Left as typed when it cannot be read: the contract then refuses it beside its field.
const instant = (clock: string): string | undefined =>
  clock ? (instantOfParis(clock)?.toISOString() ?? clock) : undefined
const phone = (typed: string): string | undefined => given(typed) && (toE164(typed) ?? typed.trim())
const isYes = (answer: 'yes' | 'no' | undefined): boolean | undefined => (answer ? answer === 'yes' : undefined)

/** One need as the contract takes it. */
export const needBody = (need: WardNeed): Record<string, unknown> => ({
  type: need.type,
  label: given(need.label),
  frequency: given(need.frequency),
  startAt: instant(need.start),
  endAt: instant(need.end),
  atHome: need.atHome,
  prescriptionAvailable: need.prescription,
  vital: need.vital,
})

const detailsBody = (form: WardForm): Record<string, unknown> => ({
  unitId: form.unitId,
  expectedDischargeAt: instant(form.expected),
  earliestAt: instant(form.earliest),
  latestAt: instant(form.latest),
  destination: form.destination,
  stayReason: given(form.stayReason),
  precaution: given(form.precaution),
  livesAlone: isYes(form.livesAlone),
  gir: form.gir ? Number(form.gir) : undefined,
  prado: form.prado || undefined,
  had: form.had,
  usualTeam: form.usualTeam
    .filter(({ name }) => given(name))
    .map((carer) => ({
      profession: carer.profession,
      name: carer.name.trim(),
      phone: phone(carer.phone),
      practitionerId: given(carer.practitionerId),
    })),
  callBack: { phone: phone(form.callBackPhone), hours: form.callBackHours.trim(), deputy: given(form.deputy) },
  patientInformed: form.patientInformed,
  hasGp: isYes(form.hasGp),
  gpName: form.hasGp === 'yes' ? given(form.gpName) : undefined,
})

/** The opening of the discharge, for the contract to judge: nothing is invented for what was left empty. */
export function dischargeBody(
  form: WardForm,
  informedBy: string,
  now: Date,
  nationalHealthId?: NationalHealthId,
): Record<string, unknown> {
  const consent = { givenAt: now.toISOString(), channel: form.consentChannel, informedBy }
  return {
    patient: patientBody(form.patient),
    consent: form.consent ? consent : undefined,
    channel: 'hospital',
    submit: true,
    details: detailsBody(form),
    needs: form.needs.map(needBody),
    nationalHealthId,
  }
}

/** A need just added: it begins with the discharge, at home. */
export const newNeed = (type: NeedType, form: Pick<WardForm, 'expected'>): WardNeed => ({
  type,
  label: '',
  frequency: '',
  start: form.expected,
  end: '',
  atHome: true,
  prescription: false,
  vital: type === 'home-nurse',
})
