import * as z from 'zod'
import { DayDate, Instant } from './kit/dates.ts'
import { InseeCode } from './kit/identifiers.ts'
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
    .object({ state: z.enum(['declared', 'unknown']), places: z.int().nullable(), remaining: z.int().nullable() })
    .nullable(),
  absentUntil: DayDate.nullable(),
  updatedAt: Instant,
})
export type Practitioner = z.infer<typeof Practitioner>

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
export const NewAbsence = z.strictObject({ from: DayDate, until: DayDate })
export type NewAbsence = z.infer<typeof NewAbsence>
