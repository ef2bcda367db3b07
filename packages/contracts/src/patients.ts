import * as z from 'zod'
import { CaseKindName, Consent } from './cases.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { InseeCode, Phone, PostalCode } from './kit/identifiers.ts'
import { CaseId, DuplicateId, HouseholdId, PatientId } from './kit/ids.ts'
import { PageQuery } from './kit/page.ts'

export const sexes = ['female', 'male', 'unknown'] as const
export const Sex = z.enum(sexes)
export type Sex = z.infer<typeof Sex>

const Name = z.string().trim().min(1).max(100)

/** Somebody to call beside the patient. Calls about a minor go to the parent. */
export const ContactPerson = z.strictObject({
  name: Name,
  relationship: z.string().trim().max(60).optional(),
  phone: Phone.optional(),
})
export type ContactPerson = z.infer<typeof ContactPerson>

export const Address = z.strictObject({
  line: z.string().trim().max(200).optional(),
  /** Floor, lift, entry code, keys. */
  complement: z.string().trim().max(200).optional(),
  postalCode: PostalCode.optional(),
  municipality: InseeCode,
})
export type Address = z.infer<typeof Address>

/** A patient as somebody describes them. No NIR, no INS: neither is asked for (CNIL on CPTS forms); see `coordination/patient-identity.ts`. */
export const PatientDetails = z.strictObject({
  birthName: Name,
  lastName: Name.optional(),
  firstName: Name,
  birthDate: DayDate,
  sex: Sex,
  phones: z.array(Phone).max(4),
  email: z.email().max(200).optional(),
  address: Address,
  guardian: ContactPerson.optional(),
  caregiver: ContactPerson.optional(),
  trustedPerson: ContactPerson.optional(),
  interpreterLanguage: z.string().trim().max(60).optional(),
  hoursToCall: z.string().trim().max(120).optional(),
  noVoicemail: z.boolean().optional(),
})
export type PatientDetails = z.infer<typeof PatientDetails>

/** Who a case is about: a patient already known, or their description. */
export const CaseSubject = z.union([z.strictObject({ id: PatientId }), PatientDetails])
export type CaseSubject = z.infer<typeof CaseSubject>

export const Patient = z.object({
  id: PatientId,
  birthName: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  birthDate: DayDate,
  sex: Sex,
  phones: z.array(z.string()),
  email: z.string().nullable(),
  address: z.object({
    line: z.string().nullable(),
    complement: z.string().nullable(),
    postalCode: z.string().nullable(),
    municipality: z.string(),
    municipalityName: z.string(),
  }),
  guardian: ContactPerson.nullable(),
  caregiver: ContactPerson.nullable(),
  trustedPerson: ContactPerson.nullable(),
  interpreterLanguage: z.string().nullable(),
  hoursToCall: z.string().nullable(),
  noVoicemail: z.boolean(),
  /** Those who live together, this patient among them, with the open search of each where there is one. */
  household: z
    .object({
      id: HouseholdId,
      size: z.int(),
      members: z.array(
        z.object({
          id: PatientId,
          displayName: z.string(),
          birthDate: DayDate,
          search: z.object({ reference: z.string(), status: z.string() }).nullable(),
        }),
      ),
    })
    .nullable(),
  /** Records that were merged into this one: the names under which the person was known too. */
  mergedRecords: z.array(z.object({ id: PatientId, displayName: z.string(), birthDate: DayDate })),
  /** Records that may be the same person and that nobody looked at yet. */
  possibleDuplicates: z.array(
    z.object({ id: DuplicateId, patientId: PatientId, displayName: z.string(), score: z.int() }),
  ),
  deceasedOn: DayDate.nullable(),
  cases: z.array(
    z.object({ id: CaseId, kind: CaseKindName, reference: z.string(), status: z.string(), openedAt: Instant }),
  ),
  version: z.int(),
})
export type Patient = z.infer<typeof Patient>

export const ChangePatient = PatientDetails.extend({ version: z.int().min(1) })
export type ChangePatient = z.infer<typeof ChangePatient>

/** Somebody known lives with this patient. */
export const JoinHousehold = z.strictObject({ patientId: PatientId, version: z.int().min(1) })
export type JoinHousehold = z.infer<typeof JoinHousehold>

/** The version of the record that leaves the others. */
export const LeaveHousehold = z.strictObject({ version: z.int().min(1) })
export type LeaveHousehold = z.infer<typeof LeaveHousehold>

/** A search is a POST: what is typed may be a name, and a name never stands in a URL, a log or a history. */
export const SearchPatients = PageQuery.extend({ q: z.string().trim().min(2).max(100) }).strict()

export const PatientFound = z.object({
  id: PatientId,
  birthName: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  birthDate: DayDate,
  sex: Sex,
  phones: z.array(z.string()),
  municipality: z.string(),
  openCases: z.array(z.object({ id: CaseId, kind: CaseKindName, reference: z.string(), status: z.string() })),
})
export type PatientFound = z.infer<typeof PatientFound>

/** Opening a case, whatever its kind; each kind adds its `details`. */
export const OpenCase = z.strictObject({
  patient: CaseSubject,
  consent: Consent.optional(),
  channel: z.enum(['phone', 'counter', 'professional', 'hospital', 'import', 'public']),
  submit: z.boolean().default(true),
  confirmNotDuplicate: z.boolean().optional(),
})
