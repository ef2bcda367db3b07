import {
  type DeclineReason,
  declineReasons,
  readHouseholdPart,
  type releaseReasons,
} from '@maillage/contracts/proposals'
import { counted } from '../../ui/words/typography.ts'

/** Why a practitioner declines, as the chips say it. */
export const declineLabels: Record<DeclineReason, string> = {
  no_capacity: 'Plus de place',
  too_far: 'Trop loin',
  out_of_competence: 'Hors de ses compétences',
  home_visit_impossible: 'Pas de visite à domicile',
  absence: 'Absence',
  conflict_of_interest: 'Conflit d’intérêts',
  already_my_patient: 'Déjà son patient',
  household_part: 'Une partie du foyer seulement',
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

/** Why a case asks nothing more of who had accepted it, when it is not they who gave it back. */
const endingLabels: Readonly<Record<string, string>> = {
  consent_withdrawn: 'Accord retiré par la personne',
  withdrawn: 'La personne ne cherche plus',
  found_elsewhere: 'A trouvé ailleurs',
  moved_out: 'A déménagé',
  deceased: 'Décès',
  unreachable: 'Injoignable',
  no_answer: 'Sans réponse à nos demandes',
}

const all: Readonly<Record<string, string>> = { ...releaseLabels, ...declineLabels, ...endingLabels }

/** Did the case end, rather than the practitioner give it back? */
export const isEnding = (code: string | null): boolean => code !== null && Object.hasOwn(endingLabels, code)

/** « trop loin », to say inside a sentence; a code of a newer version stays as it came. */
export function answerReason(code: string): string {
  const part = readHouseholdPart(code)
  if (part) return `prendrait ${counted(part.count, 'personne', 'personnes')} du foyer sur ${part.size}`
  const label = all[code] ?? code
  return label.charAt(0).toLocaleLowerCase('fr-FR') + label.slice(1)
}

/** What an answer leaves to do, where it is not simply to ask somebody else. */
export function answerFollowUp(code: string | null): string | undefined {
  if (code === 'already_my_patient')
    return 'À faire déclarer par ce médecin, sinon clore\u00A0: «\u00A0déjà suivi, sans déclaration\u00A0».'
  return code !== null && readHouseholdPart(code)
    ? 'Rien n’est pris\u00A0: proposez-lui ces seules personnes, ou tout le foyer à quelqu’un d’autre.'
    : undefined
}

// Part of a household is told with a number: by the practitioner, on their own screen.
export const declineOptions = declineReasons
  .filter((value) => value !== 'household_part')
  .map((value) => ({ value, label: declineLabels[value] }))
