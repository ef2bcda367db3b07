import * as z from 'zod'
import { Instant } from './kit/dates.ts'
import { CaseId } from './kit/ids.ts'
import { PageQuery } from './kit/page.ts'

/** Who saw or did what: ids, statuses and codes, never a name of a patient nor free text. */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  actor: z.string(),
  role: z.string(),
  action: z.string(),
  caseReference: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  outcome: z.enum(['done', 'refused']),
  onBehalf: z.boolean(),
  /** The practitioner in whose place it was done, where it is known. */
  onBehalfOf: z.string().nullable().default(null),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditQuery = PageQuery.extend({ caseId: CaseId.optional() })
