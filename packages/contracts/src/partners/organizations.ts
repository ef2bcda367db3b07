import * as z from 'zod'
import { OrganizationId, UnitId } from '../kit/ids.ts'

export const organizationKinds = ['hospital', 'clinic', 'nursing-home', 'ccas', 'dac', 'other'] as const

export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  kind: z.enum(organizationKinds),
  finess: z.string().nullable(),
  units: z.array(z.object({ id: UnitId, name: z.string(), phone: z.string().nullable() })),
})
export type Organization = z.infer<typeof Organization>
