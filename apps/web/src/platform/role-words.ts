import type { Membership } from '@maillage/contracts/accounts'
import type { Role } from '@maillage/contracts/roles'

/** The roles as people say them. */
export const roleLabels: Record<Role, string> = {
  coordinator: 'Coordination',
  practitioner: 'Soignant',
  requester: 'Demandeur',
  hospital_staff: 'Service hospitalier',
  administrator: 'Administration',
  secretary: 'Secrétariat',
}

/** « Service hospitalier, CH du Vidourle, gériatrie (Pays de Lunel) »: what tells one membership from another. */
export function membershipInWords({ role, cpts, units }: Membership): string {
  // A ward may work with two CPTS: its own name would not tell them apart.
  const wards = units.map((unit) => `${unit.organization}, ${unit.name}`).join(' ; ')
  return `${roleLabels[role]}, ${wards ? `${wards} (${cpts.name})` : cpts.name}`
}
