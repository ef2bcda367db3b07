import type { Membership } from '@maillage/contracts/accounts'
import type { Role } from '@maillage/contracts/roles'

/** The roles as people say them. */
export const roleLabels: Record<Role, string> = {
  coordinator: 'Coordination',
  practitioner: 'Soignant',
  requester: 'Demandeur',
  hospital_staff: 'Service hospitalier',
  administrator: 'Administration',
}

/** « Service hospitalier, CH du Vidourle, gériatrie »: what tells one membership of an account from another. */
export function membershipInWords({ role, cpts, units }: Membership): string {
  const place = units.length > 0 ? units.map((unit) => `${unit.organization}, ${unit.name}`).join(' ; ') : cpts.name
  return `${roleLabels[role]}, ${place}`
}
