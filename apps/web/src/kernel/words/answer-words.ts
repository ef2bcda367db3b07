import { type DeclineReason, declineReasons, type releaseReasons } from '@maillage/contracts/proposals'

/** Why a practitioner declines, as the chips say it. */
export const declineLabels: Record<DeclineReason, string> = {
  no_capacity: 'Plus de place',
  too_far: 'Trop loin',
  out_of_competence: 'Hors de ses compétences',
  home_visit_impossible: 'Pas de visite à domicile',
  absence: 'Absence',
  conflict_of_interest: 'Conflit d’intérêts',
  already_my_patient: 'Déjà son patient',
  other: 'Autre',
}

export const releaseLabels: Record<(typeof releaseReasons)[number], string> = {
  fit: 'La relation ne convient pas',
  no_capacity: 'Plus de place',
  absence: 'Absence',
  patient_choice: 'Choix du patient',
  date_moved: 'La date a changé',
  other: 'Autre',
}

const all: Readonly<Record<string, string>> = { ...releaseLabels, ...declineLabels }

/** « trop loin », to say inside a sentence; a code of a newer version stays as it came. */
export function answerReason(code: string): string {
  const label = all[code] ?? code
  return label.charAt(0).toLocaleLowerCase('fr-FR') + label.slice(1)
}

export const declineOptions = declineReasons.map((value) => ({ value, label: declineLabels[value] }))
