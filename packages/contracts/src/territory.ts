import * as z from 'zod'
import { InseeCode } from './kit/identifiers.ts'
import { CptsId } from './kit/ids.ts'
import { Place } from './municipalities.ts'
import { Organization } from './partners/organizations.ts'

/** The CPTS that the caller works in, and the communes that it covers. */
export const Territory = z.object({
  id: CptsId,
  name: z.string(),
  timeZone: z.string(),
  municipalities: z.array(z.object({ code: InseeCode, name: z.string() })),
})
export type Territory = z.infer<typeof Territory>

/** Need and offer in one commune. Null where the caller's role may not read it. */
export const CommuneNeed = z.object({
  code: InseeCode,
  name: z.string(),
  place: Place.nullable(),
  inTerritory: z.boolean(),
  practitioners: z.int(),
  /** Open places of its general practitioners. */
  places: z.int().nullable(),
  /** People who wait for a médecin traitant, those of first priority, and the mean wait in days. */
  waiting: z.int().nullable(),
  waitingP1: z.int().nullable(),
  meanWaitDays: z.int().nullable(),
})
export type CommuneNeed = z.infer<typeof CommuneNeed>

export const CommuneNeeds = z.object({ items: z.array(CommuneNeed) })
export type CommuneNeeds = z.infer<typeof CommuneNeeds>

/** Hospitals and other organizations with their units: a ward's staff gets its own units only. */
export const Organizations = z.object({ items: z.array(Organization) })
export type Organizations = z.infer<typeof Organizations>
