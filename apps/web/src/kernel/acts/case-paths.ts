import type { CaseKindName } from '@maillage/contracts/cases'
import { GpSearch } from '@maillage/contracts/gp-search'
import { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import * as z from 'zod'

/** Where each kind lives in the API. */
export const casePaths = {
  'gp-search': '/gp-searches',
  'unscheduled-care': '/unscheduled-cares',
  'hospital-discharge': '/hospital-discharges',
} as const satisfies Record<CaseKindName, string>

/** A case of any kind, read by the contract of its own. */
export const AnyCase = z.discriminatedUnion('kind', [
  GpSearch.extend({ kind: z.literal('gp-search') }),
  UnscheduledCare.extend({ kind: z.literal('unscheduled-care') }),
  HospitalDischarge.extend({ kind: z.literal('hospital-discharge') }),
])
export type AnyCase = z.infer<typeof AnyCase>
