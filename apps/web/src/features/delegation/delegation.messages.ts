import type { Delegation } from '@maillage/contracts/delegation/delegations'
import type { DelegationRight } from '@maillage/contracts/roles'
import { momentInWords } from '../../ui/words/dates.ts'

/** What a right opens, in the words of whoever gives it. */
export const rightWords: Readonly<Record<DelegationRight, { label: string; description: string }>> = {
  'answer-proposals': {
    label: 'Répondre aux propositions',
    description: 'Lire l’aperçu sans nom, accepter, décliner, rendre, confirmer une date.',
  },
  'follow-patients': {
    label: 'Suivre les patients acceptés',
    description: 'Voir leurs coordonnées, noter le premier rendez-vous et la déclaration.',
  },
  'places-and-absences': {
    label: 'Tenir les places et les absences',
    description: 'Ouvrir ou fermer des places, déclarer vos absences.',
  },
  slots: {
    label: 'Publier les créneaux',
    description: 'Ouvrir, déplacer et retirer vos créneaux de soins non programmés.',
  },
  'clinical-details': {
    label: 'Lire les détails cliniques',
    description: 'Le besoin en clair et les renseignements de santé des patients acceptés. Fermé par défaut.',
  },
}

/** Where an invitation or a delegation stands. */
export const statusWords: Readonly<Record<Delegation['status'], string>> = {
  invited: 'Invitation envoyée',
  expired: 'Invitation périmée',
  active: 'Agit en votre nom',
  ended: 'Terminé',
}

const acts: Readonly<Record<string, string>> = {
  'proposal.accepted': 'Proposition acceptée',
  'proposal.declined': 'Proposition déclinée',
  'proposal.released': 'Patient rendu',
  'proposal.reconfirmed': 'Date confirmée',
  'proposal.contact-listed': 'Fiche contact montrée dans une liste',
  'proposal.contact-read': 'Fiche contact lue',
  'gp-search.tell-patient': 'Accord du patient noté',
  'gp-search.book-visit': 'Premier rendez-vous noté',
  'gp-search.record-no-show': 'Absence au rendez-vous notée',
  'gp-search.declare': 'Déclaration notée',
  'practitioner.declare-capacity': 'Places déclarées',
  'practitioner.add-absence': 'Absence déclarée',
  'practitioner.remove-absence': 'Absence retirée',
  'delegation.accept': 'Invitation acceptée',
}

/** « Proposition acceptée », in the list of what somebody did in one's name. */
export const actInWords = (action: string): string =>
  acts[action] ?? (action.startsWith('slot') ? 'Créneaux modifiés' : 'Autre geste')

/** « Dernier geste : hier 14:20 », or that there was none. */
export const lastActInWords = ({ lastActAt }: Delegation, now: Date): string =>
  lastActAt ? `Dernier geste\u00A0: ${momentInWords(new Date(lastActAt), now)}` : 'Aucun geste pour l’instant'
