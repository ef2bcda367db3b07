import type { CaseKindName } from '@maillage/contracts/cases'
import type { Sex } from '@maillage/contracts/patients'
import type { DeclineReason, releaseReasons } from '@maillage/contracts/proposals'
import { bySex } from '../../kernel/words/patient-words.ts'
import { counted } from '../../ui/words/typography.ts'

/** What is proposed, in full: the title of a card and of its page. */
export const kindTitles: Record<CaseKindName, string> = {
  'gp-search': 'Médecin traitant',
  'unscheduled-care': 'Soin non programmé',
  'hospital-discharge': 'Sortie d’hôpital',
}

const declineLabels: Record<Exclude<DeclineReason, 'already_my_patient' | 'household_part'>, string> = {
  no_capacity: 'Plus de place',
  too_far: 'Trop loin',
  out_of_competence: 'Hors de mes compétences',
  home_visit_impossible: 'Pas de visite à domicile',
  absence: 'Absence',
  conflict_of_interest: 'Conflit d’intérêts',
  other: 'Autre…',
}

/**
 * The reasons to decline, in the order of the sheet: part of a household only where there is one; « Autre… » comes last
 * and asks for a word.
 */
export function declineChoices(sex: Sex, householdSize: number): { code: DeclineReason; label: string }[] {
  const known = bySex(sex, {
    female: 'Déjà ma patiente',
    male: 'Déjà mon patient',
    unknown: 'Déjà suivi par moi',
  })
  const { other, ...labels } = declineLabels
  const choices = Object.entries(labels).map(([code, label]) => ({
    // Object.entries widens the keys of a record whose keys are the reasons.
    code: code as DeclineReason,
    label,
  }))
  const part: typeof choices = householdSize > 1 ? [{ code: 'household_part', label: 'Une partie du foyer…' }] : []
  return [...part, ...choices, { code: 'already_my_patient', label: known }, { code: 'other', label: other }]
}

type ReleaseReason = (typeof releaseReasons)[number]
const releaseLabels: Record<ReleaseReason, string> = {
  fit: 'La prise en charge ne convient pas',
  no_capacity: 'Plus de place',
  absence: 'Absence',
  patient_choice: 'Choix de la personne',
  date_moved: 'La date a changé',
  other: 'Autre…',
}

/** The reasons to give back; that of a moved date only where there is a date. */
export const releaseChoices = (hasDate: boolean): { code: ReleaseReason; label: string }[] =>
  Object.entries(releaseLabels)
    // Object.entries widens the keys of a record whose keys are the reasons.
    .map(([code, label]) => ({ code: code as ReleaseReason, label }))
    .filter(({ code }) => hasDate || code !== 'date_moved')

/** « 1 personne », « 2 personnes »: how many of the household, never all of them. */
export const householdParts = (householdSize: number): { count: number; label: string }[] =>
  Array.from({ length: Math.max(0, householdSize - 1) }, (_, index) => ({
    count: index + 1,
    label: counted(index + 1, 'personne', 'personnes'),
  }))

/** What an ended proposal says to the practitioner: what happened, and that nothing more is asked. */
export const endedWords = {
  declined: 'Vous avez décliné cette proposition. La coordination le sait.',
  expired: 'Le délai est passé. La coordination cherche quelqu’un d’autre.',
  withdrawn: 'La coordination a retiré cette proposition.',
  superseded: 'Une consœur ou un confrère a accepté avant vous. Merci d’avoir regardé.',
  released: 'Vous avez rendu ce dossier. La coordination cherche quelqu’un d’autre.',
  queued: 'Cette proposition viendra à son tour.',
} as const
