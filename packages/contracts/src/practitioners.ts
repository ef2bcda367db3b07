import * as z from 'zod'
import { DayDate, Instant } from './kit/dates.ts'
import { InseeCode, Phone, PostalCode, Rpps } from './kit/identifiers.ts'
import { PractitionerId } from './kit/ids.ts'
import { PageQuery } from './kit/page.ts'
import { Profession } from './professions.ts'

/** A directory entry: one person in one CPTS, matched by RPPS. Somebody in two CPTS has two entries. */
export const Practitioner = z.object({
  id: PractitionerId,
  displayName: z.string(),
  profession: Profession,
  isGeneralPractitioner: z.boolean(),
  specialty: z.string().nullable(),
  rpps: z.string().nullable(),
  practice: z.string().nullable(),
  practiceLine: z.string().nullable(),
  practicePhone: z.string().nullable(),
  municipality: z.object({ code: z.string(), name: z.string() }),
  homeVisits: z.boolean().nullable(),
  languages: z.array(z.string()),
  accessible: z.boolean().nullable(),
  reachableBy: z.enum(['account', 'phone', 'none']),
  /** Null for those who may not see capacity (a hospital reads the directory without it). */
  capacity: z
    .object({
      state: z.enum(['declared', 'unknown']),
      places: z.int().nullable(),
      remaining: z.int().nullable(),
      /** When the places were said: what grows stale and is asked again. */
      declaredAt: Instant.nullable(),
    })
    .nullable(),
  absentUntil: DayDate.nullable(),
  updatedAt: Instant,
  version: z.int(),
})
export type Practitioner = z.infer<typeof Practitioner>

const Text = (most: number) => z.string().trim().min(1).max(most)

/** Somebody whom a coordinator enters by hand; `null` says that there is none. An import never overwrites it. */
export const NewPractitioner = z.strictObject({
  lastName: Text(100),
  firstName: Text(100),
  gender: z.enum(['female', 'male']).nullish(),
  profession: Profession,
  isGeneralPractitioner: z.boolean().optional(),
  /** A code of the national table of ordinal specialties. */
  specialty: z
    .string()
    .regex(/^[A-Z]{1,4}\d{1,4}$/)
    .nullish(),
  rpps: Rpps.nullish(),
  practice: Text(200).nullish(),
  practiceLine: Text(200).nullish(),
  practicePostalCode: PostalCode.nullish(),
  municipality: InseeCode,
  practicePhone: Phone.nullish(),
  practiceEmail: z.email().max(200).nullish(),
  homeVisits: z.boolean().nullish(),
  accessible: z.boolean().nullish(),
  languages: z.array(Text(60)).max(20).optional(),
})
export type NewPractitioner = z.infer<typeof NewPractitioner>

/** Only what is given changes, and only that is held against the next import. */
export const ChangePractitioner = NewPractitioner.partial().extend({ version: z.int().min(1) })
export type ChangePractitioner = z.infer<typeof ChangePractitioner>

export const PractitionerParams = z.object({ id: PractitionerId })
export const AbsenceParams = z.object({ id: PractitionerId, absenceId: z.uuid() })

export const PractitionerQuery = PageQuery.extend({
  profession: Profession.optional(),
  specialty: z.string().max(10).optional(),
  municipality: InseeCode.optional(),
  acceptsNewPatients: z.enum(['true', 'false']).optional(),
  q: z.string().trim().max(100).optional(),
})
export type PractitionerQuery = z.infer<typeof PractitionerQuery>

export const CapacityAccepts = z.strictObject({
  homeVisits: z.boolean(),
  children: z.boolean(),
  longTerm: z.boolean(),
  newPatients: z.boolean(),
})

/** Places for new patients. `places: null` means « not declared ». `remaining` is derived, never written. */
export const IntakeCapacity = z.object({
  practitionerId: PractitionerId,
  places: z.int().nullable(),
  remaining: z.int().nullable(),
  opensAt: DayDate.nullable(),
  closesAt: DayDate.nullable(),
  municipalities: z.array(InseeCode),
  maxDistanceKm: z.int().nullable(),
  accepts: CapacityAccepts,
  declaredAt: Instant.nullable(),
  version: z.int(),
})
export type IntakeCapacity = z.infer<typeof IntakeCapacity>

export const SetIntakeCapacity = z.strictObject({
  places: z.int().min(0).max(500).nullable(),
  opensAt: DayDate.optional(),
  closesAt: DayDate.optional(),
  municipalities: z.array(InseeCode).max(60),
  maxDistanceKm: z.int().min(1).max(100).optional(),
  accepts: CapacityAccepts,
  version: z.int().min(0),
})
export type SetIntakeCapacity = z.infer<typeof SetIntakeCapacity>

export const Absence = z.object({ id: z.string(), from: DayDate, until: DayDate })
export type Absence = z.infer<typeof Absence>
export const NewAbsence = z.strictObject({ from: DayDate, until: DayDate })
export type NewAbsence = z.infer<typeof NewAbsence>
