import type { Role } from '@maillage/contracts/roles'
import { paths } from '../platform/paths.ts'

export interface NavigationItem {
  label: string
  /** What the rail and the bar of a phone show, where the whole name would not fit; a word of the name. */
  short?: string
  icon: string
  to: string
  /** The letter that follows `g`; each role has its own places, hence its own letters. */
  key?: string
  /** A count that the place carries: what is late for this person. */
  badge?: 'late'
}

/** Something to begin, from anywhere. */
export interface NavigationAct extends Omit<NavigationItem, 'key' | 'short'> {
  /** Its shortcuts, on every page. */
  keys?: readonly string[]
}

/** The few places of each role, in the order of its day. */
export const navigation: Record<Role, readonly NavigationItem[]> = {
  coordinator: [
    { label: 'Accueil', icon: 'i-lucide-house', to: paths.home, key: 'a', badge: 'late' },
    { label: 'File', icon: 'i-lucide-list', to: paths.worklist, key: 'f' },
    { label: 'Sorties', icon: 'i-lucide-bed-single', to: paths.discharges, key: 's' },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory, key: 'd' },
    { label: 'Journal', icon: 'i-lucide-scroll-text', to: paths.auditLog, key: 'j' },
  ],
  practitioner: [
    { label: 'Propositions', icon: 'i-lucide-inbox', to: paths.proposals, key: 'p' },
    { label: 'Mes patients', short: 'Patients', icon: 'i-lucide-users-round', to: paths.myPatients, key: 'm' },
    { label: 'Mes places', short: 'Places', icon: 'i-lucide-calendar-check', to: paths.myPlaces, key: 'l' },
    { label: 'Créneaux', icon: 'i-lucide-calendar-clock', to: paths.mySlots, key: 'c' },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory, key: 'd' },
  ],
  requester: [
    { label: 'Mes demandes', short: 'Demandes', icon: 'i-lucide-list', to: paths.myRequests, key: 'r' },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory, key: 'd' },
  ],
  hospital_staff: [
    { label: 'Sorties', icon: 'i-lucide-bed-single', to: paths.wardDischarges, key: 's' },
    { label: 'Modèles', icon: 'i-lucide-copy', to: paths.dischargeTemplates, key: 'm' },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory, key: 'd' },
  ],
  administrator: [
    { label: 'Journal', icon: 'i-lucide-scroll-text', to: paths.auditLog, key: 'j' },
    { label: 'Modèles', icon: 'i-lucide-mail', to: paths.messageTemplates, key: 'm' },
    { label: 'Demande en ligne', short: 'En ligne', icon: 'i-lucide-globe', to: paths.publicDesk, key: 'd' },
    { label: 'Envois', icon: 'i-lucide-send', to: paths.sentMessages, key: 'e' },
    { label: 'Partenaires', icon: 'i-lucide-building-2', to: paths.partners, key: 'p' },
  ],
  secretary: [
    { label: 'Propositions', icon: 'i-lucide-inbox', to: paths.proposals, key: 'p' },
    { label: 'Patients', icon: 'i-lucide-users-round', to: paths.myPatients, key: 'm' },
    { label: 'Places', icon: 'i-lucide-calendar-check', to: paths.myPlaces, key: 'l' },
    { label: 'Praticiens', icon: 'i-lucide-stethoscope', to: paths.myDoctors, key: 's' },
    { label: 'Annuaire', icon: 'i-lucide-contact-round', to: paths.directory, key: 'd' },
  ],
}

/** Screens reached from another one, which the palette finds by their name: the bar holds no more. */
export const behindScreens: Partial<Record<Role, readonly NavigationItem[]>> = {
  coordinator: [
    { label: 'Doublons possibles', icon: 'i-lucide-users-round', to: paths.duplicates },
    { label: 'Revalidation de la liste', icon: 'i-lucide-list-checks', to: paths.revalidation },
    { label: 'Réglages', icon: 'i-lucide-sliders-horizontal', to: paths.settings },
    { label: 'Comptes', icon: 'i-lucide-user-round-cog', to: paths.members },
  ],
  administrator: [{ label: 'Lectures inhabituelles', icon: 'i-lucide-eye', to: paths.readingAlerts }],
}

const newSearch = (keys?: readonly string[]): NavigationAct => ({
  label: 'Nouvelle recherche de médecin traitant',
  icon: 'i-lucide-stethoscope',
  to: `${paths.newCase}/gp-search`,
  keys,
})
const newCare: NavigationAct = {
  label: 'Nouveau soin non programmé',
  icon: 'i-lucide-thermometer',
  to: `${paths.newCase}/unscheduled-care`,
}

const daySlots: NavigationAct = {
  label: 'Créneaux du jour',
  icon: 'i-lucide-calendar-clock',
  to: paths.slots,
}

const undelivered: NavigationAct = {
  label: 'Messages non remis',
  icon: 'i-lucide-mail-x',
  to: paths.undelivered,
}

const listImport: NavigationAct = {
  label: 'Reprendre une liste d’attente',
  icon: 'i-lucide-file-up',
  to: paths.listImports,
}

const publicLink: NavigationAct = {
  label: 'Lien public de demande',
  icon: 'i-lucide-globe',
  to: paths.publicDesk,
}

/** What each role begins. */
export const acts: Record<Role, readonly NavigationAct[]> = {
  coordinator: [newSearch(['n', 'g n']), newCare, daySlots, listImport, publicLink, undelivered],
  practitioner: [
    { label: 'Ma fiche', icon: 'i-lucide-id-card', to: paths.myCard },
    { label: 'Retours reçus', icon: 'i-lucide-reply', to: paths.visitFeedback },
    { label: 'Mes absences', icon: 'i-lucide-calendar-off', to: paths.myPlaces },
    { label: 'Mon secrétariat', icon: 'i-lucide-user-round-check', to: paths.mySecretaries },
    newSearch(['n', 'g n']),
    newCare,
  ],
  requester: [newSearch(['n', 'g n']), newCare],
  hospital_staff: [{ label: 'Nouvelle sortie', icon: 'i-lucide-plus', to: paths.newDischarge, keys: ['n', 'g n'] }],
  administrator: [
    { label: 'Comptes', icon: 'i-lucide-user-round-cog', to: paths.members },
    { label: 'Réglages', icon: 'i-lucide-sliders-horizontal', to: paths.settings },
  ],
  secretary: [{ label: 'Créneaux', icon: 'i-lucide-calendar-clock', to: paths.mySlots }],
}

/** True on the place itself and on the pages under it. */
export function isCurrent(item: NavigationItem, path: string): boolean {
  return path === item.to || path.startsWith(`${item.to}/`)
}
