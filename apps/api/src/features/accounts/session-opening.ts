import type { Account, Membership } from '@maillage/contracts/accounts'
import type { Claims, Hat } from '../../platform/session/claims.ts'

/** A session as an act leaves it: what the access token will say, whose it is, and the next refresh token if any. */
export interface OpenedSession {
  readonly claims: Claims
  readonly account: Account
  readonly refresh?: { readonly token: string; readonly expiresAt: Date }
}

/** What a token says of a membership. */
export const hatOf = (membership: Membership): Hat => ({
  membershipId: membership.id,
  cptsId: membership.cpts.id,
  role: membership.role,
  practitionerId: membership.practitionerId,
  unitIds: membership.units.map(({ id }) => id),
  isHealthProfessional: membership.isHealthProfessional,
})

/** The membership worn last while it lasts, else the oldest; the screen says which one, and changes it in one click. */
export function chooseHat(memberships: readonly Membership[], worn: Membership['id'] | null): Hat | null {
  const chosen = memberships.find(({ id }) => id === worn) ?? memberships[0]
  return chosen ? hatOf(chosen) : null
}
