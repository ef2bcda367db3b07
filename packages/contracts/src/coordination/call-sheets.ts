import * as z from 'zod'
import { PractitionerRef } from '../cases.ts'
import { Instant } from '../kit/dates.ts'
import { ProposalId } from '../kit/ids.ts'
import { DeliveryStatus } from '../notifications/notices.ts'

/** One sending of the call sheet by MSSanté, and what became of it. */
export const CallSheetSending = z.object({
  id: z.uuid(),
  at: Instant,
  address: z.string(),
  status: DeliveryStatus,
  sentAt: Instant.nullable(),
})
export type CallSheetSending = z.infer<typeof CallSheetSending>

/** Somebody who accepted the case, or a need of it: they alone may receive its call sheet. */
export const CallSheetRecipient = z.object({
  proposalId: ProposalId,
  practitioner: PractitionerRef,
  /** Their MSSanté address, as their card tells it. */
  address: z.string().nullable(),
  /** Is its domain among those between which the sheet may go? */
  isReachable: z.boolean(),
  /** The latest first. */
  sendings: z.array(CallSheetSending),
})
export type CallSheetRecipient = z.infer<typeof CallSheetRecipient>

/** `isOn`: does this server have an MSSanté account? */
export const CallSheetRecipients = z.object({ isOn: z.boolean(), items: z.array(CallSheetRecipient) })
export type CallSheetRecipients = z.infer<typeof CallSheetRecipients>

/** The address is the one that was read before confirming: had it changed since, nothing leaves. */
export const SendCallSheet = z.strictObject({ proposalId: ProposalId, address: z.string().min(3).max(200) })
export type SendCallSheet = z.infer<typeof SendCallSheet>
