import type { Role } from '@maillage/contracts/roles'
import { paths } from '../platform/paths.ts'

export interface NavigationItem {
  label: string
  icon: string
  to: string
}

/** The few places of each role, in the order of its day. */
export const navigation: Record<Role, readonly NavigationItem[]> = {
  coordinator: [
    { label: 'File', icon: 'i-lucide-list', to: paths.worklist },
    { label: 'Sorties', icon: 'i-lucide-bed-single', to: paths.discharges },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory },
    { label: 'Journal', icon: 'i-lucide-scroll-text', to: paths.auditLog },
  ],
  practitioner: [
    { label: 'Propositions', icon: 'i-lucide-inbox', to: paths.proposals },
    { label: 'Mes patients', icon: 'i-lucide-users-round', to: paths.myPatients },
    { label: 'Mes places', icon: 'i-lucide-calendar-check', to: paths.myPlaces },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory },
  ],
  requester: [
    { label: 'Mes demandes', icon: 'i-lucide-list', to: paths.myRequests },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory },
  ],
  hospital_staff: [
    { label: 'Sorties', icon: 'i-lucide-bed-single', to: paths.wardDischarges },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory },
  ],
  administrator: [{ label: 'Journal', icon: 'i-lucide-scroll-text', to: paths.auditLog }],
}

/** True on the place itself and on the pages under it. */
export function isCurrent(item: NavigationItem, path: string): boolean {
  return path === item.to || path.startsWith(`${item.to}/`)
}
