import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import { sexes } from '@maillage/contracts/patients'
import * as z from 'zod'
import type { FaultWords } from './faults.ts'

/** A commune chosen in a list, as a form keeps it. */
export const Commune = z.object({
  code: z.string(),
  name: z.string(),
  postalCode: z.string(),
  inTerritory: z.boolean(),
})
export type Commune = z.infer<typeof Commune>

const text = z.string().catch('')

/** A patient as typed; what a draft holds may be older than this version, so each field falls back to empty. */
export const PatientForm = z.object({
  /** A patient already known, chosen by a coordinator: the description is then theirs and stays as it is. */
  knownId: text,
  birthName: text,
  lastName: text,
  firstName: text,
  birthDate: text,
  sex: z.enum(sexes).optional().catch(undefined),
  phone: text,
  otherPhone: text,
  email: text,
  line: text,
  complement: text,
  commune: Commune.optional().catch(undefined),
  contactPart: z.enum(['caregiver', 'trustedPerson', 'guardian']).catch('caregiver'),
  contactName: text,
  contactRelationship: text,
  contactPhone: text,
  interpreterLanguage: text,
  hoursToCall: text,
  noVoicemail: z.boolean().catch(false),
})
export type PatientForm = z.infer<typeof PatientForm>

const given = (typed: string): string | undefined => typed.trim() || undefined
// Left as typed when it is no number: the contract then refuses it beside its field.
const phone = (typed: string): string => toE164(typed) ?? typed.trim()

function contactOf(form: PatientForm): Record<string, unknown> {
  if (!given(form.contactName)) return {}
  const person = {
    name: form.contactName.trim(),
    relationship: given(form.contactRelationship),
    phone: given(form.contactPhone) && phone(form.contactPhone),
  }
  return { [form.contactPart]: person }
}

/** The patient of an opening: the one chosen among those known, or the description typed. */
export function patientBody(form: PatientForm): Record<string, unknown> {
  if (form.knownId) return { id: form.knownId }
  return {
    birthName: form.birthName.trim(),
    lastName: given(form.lastName),
    firstName: form.firstName.trim(),
    birthDate: form.birthDate,
    sex: form.sex,
    phones: [form.phone, form.otherPhone].filter((typed) => given(typed)).map(phone),
    email: given(form.email),
    address: {
      line: given(form.line),
      complement: given(form.complement),
      postalCode: form.commune?.postalCode || undefined,
      municipality: form.commune?.code,
    },
    ...contactOf(form),
    interpreterLanguage: given(form.interpreterLanguage),
    hoursToCall: given(form.hoursToCall),
    noVoicemail: form.noVoicemail || undefined,
  }
}

/** What each field of a patient asks for. */
export const patientFaultWords: FaultWords = {
  '/patient': 'Décrivez la personne, ou choisissez-la dans la liste.',
  '/patient/birthName': 'Indiquez le nom de naissance.',
  '/patient/lastName': 'Le nom d’usage est trop long.',
  '/patient/firstName': 'Indiquez le prénom.',
  '/patient/birthDate': 'Indiquez une date de naissance passée.',
  '/patient/sex': 'Indiquez le sexe, ou «\u00A0inconnu\u00A0».',
  '/patient/phones': 'Quatre numéros au plus.',
  '/patient/phones/*': 'Indiquez un numéro de téléphone complet.',
  '/patient/email': 'Indiquez une adresse e-mail complète.',
  '/patient/address/municipality': 'Choisissez la commune dans la liste.',
  '/patient/address/postalCode': 'Choisissez la commune dans la liste.',
  '/patient/caregiver/phone': 'Indiquez un numéro de téléphone complet.',
  '/patient/trustedPerson/phone': 'Indiquez un numéro de téléphone complet.',
  '/patient/guardian/phone': 'Indiquez un numéro de téléphone complet.',
  '/patient/id': 'Cette personne n’est plus connue. Décrivez-la.',
}

/** The name under which the patient is spoken of on the form: « Mme Arbousset », « Simone Arbousset », or undefined. */
export function nameOnForm(
  form: Pick<PatientForm, 'firstName' | 'lastName' | 'birthName' | 'sex'>,
): string | undefined {
  const last = form.lastName.trim() || form.birthName.trim()
  if (!last) return undefined
  if (form.sex === 'female') return `Mme ${last}`
  return form.sex === 'male' ? `M. ${last}` : `${form.firstName.trim()} ${last}`.trim()
}
