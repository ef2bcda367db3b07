import * as z from 'zod'
import { InseeCode } from './kit/identifiers.ts'
import { CptsId } from './kit/ids.ts'
import { Organization } from './organizations.ts'

/** The CPTS that the caller works in, and the communes that it covers. */
export const Territory = z.object({
  id: CptsId,
  name: z.string(),
  timeZone: z.string(),
  municipalities: z.array(z.object({ code: InseeCode, name: z.string() })),
})
export type Territory = z.infer<typeof Territory>

/** Hospitals and other organizations with their units: a ward's staff gets its own units only. */
export const Organizations = z.object({ items: z.array(Organization) })
export type Organizations = z.infer<typeof Organizations>
