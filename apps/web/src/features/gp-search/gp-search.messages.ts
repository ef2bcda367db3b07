import type {
  gpSearchClosingReasons,
  gpSearchHoldReasons,
  gpSearchReopenReasons,
  lossReasons,
  missingInformation,
  unmatchReasons,
} from '@maillage/contracts/gp-search'

export const closingLabels: Record<(typeof gpSearchClosingReasons)[number], string> = {
  found_elsewhere: 'A trouvé ailleurs',
  withdrawn: 'Ne souhaite plus',
  wants_no_mt: 'Ne veut pas de médecin traitant',
  followed_not_declared: 'Déjà suivi, sans déclaration',
  unreachable: 'Injoignable',
  no_answer: 'Sans réponse à nos demandes',
  revalidation_failed: 'Demande non reconfirmée',
  moved_out: 'A déménagé',
  deceased: 'Décédé',
  not_eligible: 'Hors de notre mission',
  duplicate: 'Déjà dans la file',
  redirected_other_cpts: 'Transmis à une autre CPTS',
  referred_dac: 'Orienté vers le DAC',
  referred_mas: 'Orienté vers la Mission accompagnement santé',
}

export const holdLabels: Record<(typeof gpSearchHoldReasons)[number], string> = {
  patient_away: 'Patient absent',
  hospitalised: 'Hospitalisé',
  awaiting_rights: 'Droits en attente',
  patient_request: 'À sa demande',
  no_show: 'Rendez-vous manqués',
  other: 'Autre',
}

export const unmatchLabels: Record<(typeof unmatchReasons)[number], string> = {
  fit: 'La relation ne convient pas',
  patient_choice: 'Choix du patient',
  moved: 'Déménagement',
  other: 'Autre',
}

export const reopenLabels: Record<(typeof gpSearchReopenReasons)[number], string> = {
  doctor_left: 'Le médecin est parti',
  came_back: 'Le patient revient',
  closed_by_mistake: 'Clos par erreur',
  other: 'Autre',
}

export const missingLabels: Record<(typeof missingInformation)[number], string> = {
  phone: 'Téléphone',
  address: 'Adresse',
  birth_date: 'Date de naissance',
  consent: 'Consentement',
  current_gp: 'Médecin actuel',
  health: 'Santé',
  other: 'Autre',
}

export const lossLabels: Record<(typeof lossReasons)[number], string> = {
  retired: 'parti à la retraite',
  moved_away: 'parti ailleurs',
  patient_moved: 'le patient a déménagé',
  refused: 'ne le suit plus',
  deceased: 'décédé',
  never_had: 'n’en a jamais eu',
  other: 'autre raison',
}

/** The codes that the story of a search may carry. */
export const gpSearchReasonLabels: Readonly<Record<string, string>> = {
  ...unmatchLabels,
  ...reopenLabels,
  ...holdLabels,
  ...closingLabels,
  joined_household: 'cherche avec son foyer',
  consent_withdrawn: 'accord retiré par la personne',
}
