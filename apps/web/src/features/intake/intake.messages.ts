import type { GpSearchStatus, lossReasons } from '@maillage/contracts/gp-search'
import type { RedFlag, UnscheduledCareStatus } from '@maillage/contracts/unscheduled-care'
import { redFlags } from '@maillage/contracts/unscheduled-care'
import type { FaultWords } from '../../kernel/fields/faults.ts'
import { patientFaultWords } from '../../kernel/fields/patient-form.ts'

/** What can be asked for here; a discharge has its own screens, in its ward. */
export type IntakeKind = 'gp-search' | 'unscheduled-care'

/** The signs asked first: the product's list, to be validated by each territory's medical referent. */
export const redFlagLabels: Record<RedFlag, string> = {
  chest_pain: 'Douleur dans la poitrine',
  breathlessness: 'Difficulté à respirer',
  sudden_weakness: 'Faiblesse ou paralysie soudaine',
  heavy_bleeding: 'Saignement abondant',
  loss_of_consciousness: 'Perte de connaissance',
  suicidal_intent: 'Idées suicidaires',
  infant_fever: 'Fièvre avant 3 mois',
  confusion: 'Confusion, propos incohérents',
}

export const lossLabels: Record<(typeof lossReasons)[number], string> = {
  retired: 'Départ en retraite',
  moved_away: 'Médecin parti ailleurs',
  patient_moved: 'A déménagé',
  refused: 'Médecin ne le suit plus',
  deceased: 'Médecin décédé',
  never_had: 'N’en a jamais eu',
  other: 'Autre raison',
}

const flagFaults = Object.fromEntries(
  redFlags.map((flag) => [
    `/redFlags/${flag}`,
    `Signe d’alerte à vérifier\u00A0: ${redFlagLabels[flag].toLocaleLowerCase('fr-FR')}.`,
  ]),
)

/** What each field asks for. */
export const intakeFaultWords: FaultWords = {
  ...patientFaultWords,
  ...flagFaults,
  '/consent': 'Recueillez l’accord de la personne.',
  '/details/reason': 'Indiquez le motif, comme il est dit.',
  '/details/treatmentDaysLeft': 'Indiquez un nombre de jours entre 0 et 365.',
  '/details/preferences/maxDistanceKm': 'Indiquez une distance entre 1 et 100 km.',
  '/details/gpLeavingOn': 'Indiquez une date.',
  '/household/*/patient/birthName': 'Indiquez le nom de naissance de cette personne du foyer.',
  '/household/*/patient/firstName': 'Indiquez le prénom de cette personne du foyer.',
  '/household/*/patient/birthDate': 'Indiquez la date de naissance de cette personne du foyer.',
  '/household/*/patient/sex': 'Indiquez le sexe de cette personne du foyer.',
  '/household/*/patient/address/municipality': 'Choisissez d’abord la commune du foyer.',
}

/** Where a search stands, for the one who asked: what happened, and what comes next. */
export const searchStanding: Record<GpSearchStatus, string> = {
  draft: 'Brouillon, pas encore envoyé à la coordination.',
  submitted: 'Reçue. La coordination va la lire.',
  info_requested: 'La coordination attend des précisions de votre part.',
  eligible: 'Complète. La coordination cherche un médecin.',
  on_hold: 'En pause, la coordination reprendra plus tard.',
  proposing: 'Un médecin est sollicité, sa réponse est attendue.',
  matched: 'Un médecin a accepté. Il contacte la personne.',
  visit_booked: 'Le premier rendez-vous est fixé.',
  declared: 'Terminée\u00A0: le médecin traitant est déclaré.',
  closed: 'Close sans médecin traitant déclaré.',
}

/** Where an unscheduled request stands, for the one who asked. */
export const careStanding: Record<UnscheduledCareStatus, string> = {
  submitted: 'Reçue. La coordination évalue le délai.',
  triaged: 'Évaluée. La coordination cherche un rendez-vous.',
  offering: 'Un soignant est sollicité, sa réponse est attendue.',
  booked: 'Le rendez-vous est fixé.',
  attended: 'Terminée\u00A0: la personne a été vue.',
  no_show: 'La personne n’est pas venue, la coordination la rappelle.',
  redirected: 'Orientée vers une autre aide.',
  closed_no_solution: 'Close sans rendez-vous trouvé.',
  cancelled: 'Annulée.',
}
