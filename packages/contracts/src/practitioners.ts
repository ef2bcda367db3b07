import * as z from 'zod'
import { NotedFor, SaidFor, saidChannels } from './delegation/on-behalf.ts'
import { PracticeSite } from './directory/practitioner-cards.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { InseeCode, Phone, PostalCode, Rpps } from './kit/identifiers.ts'
import { PractitionerId, TeamId } from './kit/ids.ts'
import { PageQuery } from './kit/page.ts'
import { Profession } from './professions.ts'

/** Who stands in for somebody while they are away: somebody of the directory, or a name and a phone. */
export const Replacement = z.object({
  practitionerId: PractitionerId.nullable(),
  name: z.string(),
  phone: z.string().nullable(),
})
export type Replacement = z.infer<typeof Replacement>

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
  /** Contacts and hours are null for those to whom the person does not show them: see `contactsShown`. */
  practicePhone: z.string().nullable(),
  practiceEmail: z.string().nullable(),
  mssanteAddress: z.string().nullable(),
  practiceHours: z.string().nullable(),
  contactsShown: z.boolean(),
  municipality: z.object({ code: z.string(), name: z.string() }),
  /** The places beside the first one. */
  sites: z.array(PracticeSite),
  homeVisits: z.boolean().nullable(),
  teleconsultation: z.boolean().nullable(),
  languages: z.array(z.string()),
  accessible: z.boolean().nullable(),
  /** The team, with its own places where it counts some and the reader may see them. */
  team: z
    .object({ id: TeamId, name: z.string(), places: z.int().nullable(), remaining: z.int().nullable() })
    .nullable(),
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
  /** Who stands in today, while they are away. */
  replacement: Replacement.nullable(),
  /** When they last said that their card is right; null when they never did. */
  confirmedAt: Instant.nullable(),
  /** What they answered about publication, for the coordination alone; null when never asked. */
  publication: z.object({ internal: z.boolean().nullable(), public: z.boolean().nullable() }).nullable(),
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
  team: TeamId.optional(),
  teleconsultation: z.enum(['true']).optional(),
  homeVisits: z.enum(['true']).optional(),
  language: z.string().trim().min(1).max(60).optional(),
  /** `stale`: not confirmed for six months, or never. */
  freshness: z.enum(['fresh', 'stale']).optional(),
  /** Whether they let their contacts be shown; the coordination alone may ask. */
  publication: z.enum(['internal', 'public', 'refused', 'unasked']).optional(),
  q: z.string().trim().max(100).optional(),
})
export type PractitionerQuery = z.infer<typeof PractitionerQuery>

/** The same page, found by what is typed: a POST, because it may be anybody's name. */
export const PractitionerSearch = PractitionerQuery.extend({ q: z.string().trim().min(1).max(100) }).strict()

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
  /** Who said it, when a coordinator writes it down. */
  onBehalf: SaidFor.optional(),
})
export type SetIntakeCapacity = z.infer<typeof SetIntakeCapacity>

export const Absence = z.object({
  id: z.string(),
  from: DayDate,
  until: DayDate,
  replacement: Replacement.nullable(),
})
export type Absence = z.infer<typeof Absence>

/** Somebody of the directory, or « remplacé par » with a phone. */
export const NewReplacement = z.union([
  z.strictObject({ practitionerId: PractitionerId }),
  z.strictObject({ name: Text(120), phone: Phone.optional() }),
])
export type NewReplacement = z.infer<typeof NewReplacement>
export const NewAbsence = z.strictObject({
  from: DayDate,
  until: DayDate,
  replacement: NewReplacement.optional(),
  onBehalf: SaidFor.optional(),
})
export type NewAbsence = z.infer<typeof NewAbsence>

/** A coordinator takes an absence back, and says who asked for it. */
export const RemoveAbsence = z.strictObject({ onBehalf: SaidFor })
export type RemoveAbsence = z.infer<typeof RemoveAbsence>

export const notedDeclarations = ['places', 'absence-added', 'absence-removed'] as const
/** What somebody else declared in a practitioner's name. Never changed: it is what the practitioner reads of it. */
export const NotedDeclaration = NotedFor.extend({
  id: z.string(),
  at: Instant,
  what: z.enum(notedDeclarations),
  channel: z.enum(saidChannels).nullable(),
  /** The places declared; null also when they were said not to be counted. */
  places: z.int().nullable(),
  from: DayDate.nullable(),
  until: DayDate.nullable(),
})
export type NotedDeclaration = z.infer<typeof NotedDeclaration>
