import * as z from 'zod'
import { PersonRef, PractitionerRef } from '../cases.ts'
import { Instant } from '../kit/dates.ts'
import { AccountId, CaseId, ProposalId } from '../kit/ids.ts'

/** `owner`: whose cases; the caller's own when absent. `days`: how far back the notes go. */
export const HandOverQuery = z.object({
  owner: AccountId.optional(),
  days: z.coerce.number().int().min(1).max(31).default(7),
})
export type HandOverQuery = z.infer<typeof HandOverQuery>

const onCase = { caseId: CaseId, reference: z.string() }

/** What the queue and the callbacks do not say of a colleague's open cases: who was asked, and what was written. */
export const HandOver = z.object({
  owner: PersonRef,
  proposals: z.array(
    z.object({
      ...onCase,
      id: ProposalId,
      practitioner: PractitionerRef,
      sentAt: Instant.nullable(),
      expiresAt: Instant.nullable(),
    }),
  ),
  notes: z.array(z.object({ ...onCase, id: z.string(), at: Instant, by: z.string(), text: z.string() })),
})
export type HandOver = z.infer<typeof HandOver>
