import { AccountId, CptsId, MembershipId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { Role } from '@maillage/contracts/roles'
import * as z from 'zod'

/** The membership under which somebody works: one role in one CPTS. */
export const Hat = z.object({
  membershipId: MembershipId,
  cptsId: CptsId,
  role: Role,
  practitionerId: PractitionerId.nullable(),
  unitIds: z.array(UnitId),
  isHealthProfessional: z.boolean(),
})
export type Hat = z.infer<typeof Hat>

/**
 * What an access token says. It lives ten minutes, so that a request needs no look-up; `familyId` names the sign-in
 * it came from. Without a membership there is no hat: only the session's own routes answer.
 */
export const Claims = z.object({
  accountId: AccountId,
  displayName: z.string(),
  familyId: z.uuid(),
  hat: Hat.nullable(),
  /** A password alone was shown: until a second factor stands, nothing but what belongs to the account answers. */
  mustEnrol: z.boolean().optional(),
})
export type Claims = z.infer<typeof Claims>
