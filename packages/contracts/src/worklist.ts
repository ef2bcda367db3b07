import * as z from 'zod'
import { Band, bands, CaseKindName, CoverageLine, caseKinds, DeadlineCode, PersonRef } from './cases.ts'
import { gpSearchStatuses } from './gp-search.ts'
import { hospitalDischargeStatuses } from './hospital-discharge.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { InseeCode } from './kit/identifiers.ts'
import { CaseId } from './kit/ids.ts'
import { PageQuery, several } from './kit/page.ts'
import { unscheduledCareStatuses } from './unscheduled-care.ts'

/** Which statuses each kind knows: what a filter may name. */
export const statusesByKind = {
  'gp-search': gpSearchStatuses,
  'unscheduled-care': unscheduledCareStatuses,
  'hospital-discharge': hospitalDischargeStatuses,
} as const satisfies Record<CaseKindName, readonly string[]>

/** The statuses of the three kinds. */
export const worklistStatuses = [...new Set(Object.values(statusesByKind).flat())]

/** Acts on several cases at once that depend on where each stands; taking one in charge never does. */
export const severalActs = ['propose', 'close'] as const
export type SeveralAct = (typeof severalActs)[number]

/** One row of the queue over the three kinds; flat, so that a page costs little to write. */
export const WorklistItem = z.object({
  id: CaseId,
  reference: z.string(),
  kind: CaseKindName,
  status: z.string(),
  band: Band,
  score: z.int(),
  dueAt: Instant.nullable(),
  dueCode: DeadlineCode.nullable(),
  firstName: z.string(),
  lastName: z.string(),
  birthDate: DayDate,
  sex: z.enum(['female', 'male', 'unknown']),
  municipality: z.string(),
  ownerId: PersonRef.shape.id.nullable(),
  ownerName: z.string().nullable(),
  openedAt: Instant,
  updatedAt: Instant,
  escalated: z.boolean(),
  liveProposals: z.int(),
  householdSize: z.int(),
  coverage: z.array(CoverageLine),
  /** Of the acts that are done to several cases at once, those that this one allows now. */
  acts: z.array(z.enum(severalActs)),
  version: z.int(),
  /** In answer to a name: the members of the household who bear it, where the one of the case does not. */
  foundWith: z.string().optional(),
})
export type WorklistItem = z.infer<typeof WorklistItem>

export const worklistSorts = ['queue', 'band', 'opened'] as const

/**
 * Past due; due later today; due within seven days, today included; late or due before the end of the coming Friday
 * (the day itself on a Friday). In the CPTS's time zone.
 */
export const worklistDues = ['late', 'today', 'week', 'by-friday'] as const

/** What a list may show of a case; the patient is always there. */
export const worklistColumns = [
  'band',
  'due',
  'kind',
  'place',
  'status',
  'next',
  'owner',
  'opened',
  'reference',
] as const

/** `me`, `none`, `me-or-none`, or an account's id. */
export const WorklistOwner = z.union([z.enum(['me', 'none', 'me-or-none']), z.uuid()])
export type WorklistOwner = z.infer<typeof WorklistOwner>

const filters = {
  kind: several(z.enum(caseKinds)),
  status: several(z.enum(worklistStatuses)),
  band: several(z.enum(bands)),
  municipality: several(InseeCode),
  owner: WorklistOwner.optional(),
  due: z.enum(worklistDues).optional(),
  sort: z.enum(worklistSorts).default('queue'),
}

export const WorklistQuery = PageQuery.extend(filters)
export type WorklistQuery = z.infer<typeof WorklistQuery>

/** The same page, found by patient name, phone, birth date or reference; a POST, because a name may be typed. */
export const WorklistSearch = PageQuery.extend({ ...filters, q: z.string().trim().min(2).max(100) }).strict()
export type WorklistSearch = z.infer<typeof WorklistSearch>

/** Some rows of the queue by the cases' ids, among those that the filters let through now. */
export const WorklistRows = z.strictObject({ ...filters, ids: z.array(CaseId).min(1).max(200) })
export type WorklistRows = z.infer<typeof WorklistRows>
export const WorklistRowsFound = z.object({ items: z.array(WorklistItem) })

const count = z.int()
export const WorklistCounts = z.object({
  open: count,
  late: count,
  dueToday: count,
  byKind: z.object({ 'gp-search': count, 'unscheduled-care': count, 'hospital-discharge': count }),
  byBand: z.object({ P1: count, P2: count, P3: count, P4: count }),
  byStatus: z.array(z.object({ kind: CaseKindName, status: z.string(), count })),
  /** Needs that nobody meets: unscheduled requests open past due, escalated discharges, and 30 days without solution. */
  unmet: count,
})
export type WorklistCounts = z.infer<typeof WorklistCounts>
