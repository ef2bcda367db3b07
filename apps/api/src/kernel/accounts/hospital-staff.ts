import type { Membership } from '@maillage/contracts/accounts'

/** A hospital vouches for its own staff alone: neither for a coordinator nor for who works nowhere. */
export const isHospitalStaff = (memberships: readonly Membership[]): boolean =>
  memberships.length > 0 && memberships.every(({ role }) => role === 'hospital_staff')
