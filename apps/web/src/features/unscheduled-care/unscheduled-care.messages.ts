import type {
  careModes,
  RedFlag,
  redirectReasons,
  triageBases,
  UrgencyLevel,
  unbookReasons,
  unmetReasons,
  unscheduledCancelReasons,
} from '@maillage/contracts/unscheduled-care'

export const levelLabels: Record<UrgencyLevel, string> = {
  U1: 'U1, le jour même',
  U2: 'U2, sous 24\u00A0h',
  U3: 'U3, sous 48\u00A0h',
}

export const modeLabels: Record<(typeof careModes)[number], string> = {
  practice: 'Au cabinet',
  home: 'À domicile',
  tele: 'À distance',
}

export const basisLabels: Record<(typeof triageBases)[number], string> = {
  clinician: 'Un soignant',
  protocol: 'Un protocole',
  requester: 'Le demandeur',
}

export const unbookLabels: Record<(typeof unbookReasons)[number], string> = {
  practitioner_unavailable: 'Praticien indisponible',
  patient_unavailable: 'Patient indisponible',
  condition_changed: 'L’état a changé',
  other: 'Autre',
}

export const redirectLabels: Record<(typeof redirectReasons)[number], string> = {
  emergency_15: 'Confié au 15',
  own_doctor_available: 'Son médecin peut le recevoir',
  pharmacist_protocol: 'Vu par le pharmacien (protocole)',
  out_of_hours: 'Vers la permanence de soins',
  advice_only: 'Un conseil a suffi',
}

export const unmetLabels: Record<(typeof unmetReasons)[number], string> = {
  no_practitioner: 'Aucun praticien disponible',
  too_late: 'Trop tard',
  no_transport: 'Pas de transport',
  refused_offer: 'Offre refusée',
  other: 'Autre',
}

export const cancelLabels: Record<(typeof unscheduledCancelReasons)[number], string> = {
  patient_withdrew: 'Le patient renonce',
  found_elsewhere: 'A trouvé ailleurs',
  entered_in_error: 'Saisie par erreur',
}

export const redFlagLabels: Record<RedFlag, string> = {
  chest_pain: 'douleur dans la poitrine',
  breathlessness: 'difficulté à respirer',
  sudden_weakness: 'faiblesse soudaine',
  heavy_bleeding: 'saignement important',
  loss_of_consciousness: 'perte de connaissance',
  suicidal_intent: 'idées suicidaires',
  infant_fever: 'fièvre d’un nourrisson',
  confusion: 'confusion',
}

/** The codes that the story of a request may carry. */
export const unscheduledCareReasonLabels: Readonly<Record<string, string>> = {
  ...unbookLabels,
  ...unmetLabels,
  ...cancelLabels,
  ...redirectLabels,
}
