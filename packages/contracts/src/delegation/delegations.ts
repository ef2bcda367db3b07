import * as z from 'zod'
import { Password } from '../accounts.ts'
import { PractitionerRef, Version } from '../cases.ts'
import { Instant } from '../kit/dates.ts'
import { DelegationId } from '../kit/ids.ts'
import { PageQuery } from '../kit/page.ts'
import { DelegationRight, delegationRights } from '../roles.ts'

/** `expired`: invited, and the link was not used in time. */
export const delegationStatuses = ['invited', 'expired', 'active', 'ended'] as const

const Rights = z
  .array(DelegationRight)
  .min(1)
  .max(delegationRights.length)
  .refine((rights) => new Set(rights).size === rights.length)

/** Who acts for whom, and with which rights. */
export const Delegation = z.object({
  id: DelegationId,
  practitioner: PractitionerRef,
  email: z.string(),
  displayName: z.string(),
  rights: z.array(DelegationRight),
  status: z.enum(delegationStatuses),
  invitedAt: Instant,
  expiresAt: Instant,
  acceptedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  /** When the secretary last acted for this practitioner; null when they never did. */
  lastActAt: Instant.nullable(),
  version: z.int(),
})
export type Delegation = z.infer<typeof Delegation>

export const DelegationParams = z.object({ id: DelegationId })

export const InviteSecretary = z.strictObject({
  email: z.email().max(200),
  displayName: z.string().trim().min(1).max(120),
  rights: Rights,
})
export type InviteSecretary = z.infer<typeof InviteSecretary>

export const ChangeDelegation = z.strictObject({ rights: Rights, version: Version })
export const EndDelegation = z.strictObject({ version: Version })
export const InviteAgain = z.strictObject({ version: Version })

/** What somebody did in a practitioner's name: codes and references, never a patient's name. */
export const DelegatedAct = z.object({
  id: z.string(),
  at: Instant,
  action: z.string(),
  caseReference: z.string().nullable(),
})
export type DelegatedAct = z.infer<typeof DelegatedAct>
export const DelegatedActsQuery = PageQuery

/** What the link of an invitation holds; in a body, so that no log keeps it. */
export const InvitationLink = z.strictObject({ token: z.string().min(1).max(200) })

/** An invitation as the invited person reads it before they say yes. */
export const Invitation = z.object({
  practitioner: z.string(),
  cpts: z.string(),
  displayName: z.string(),
  email: z.string(),
  rights: z.array(DelegationRight),
  expiresAt: Instant,
  /** False for who has an account already: they keep their password. */
  choosesPassword: z.boolean(),
})
export type Invitation = z.infer<typeof Invitation>

export const AcceptInvitation = InvitationLink.extend({ password: Password.optional() })
export const AcceptedInvitation = z.object({ email: z.string() })
