import type {
  destinations,
  dischargeCancelReasons,
  dischargeMissing,
  pradoPathways,
  rescheduleReasons,
} from '@maillage/contracts/hospital-discharge'

export const cancelLabels: Record<(typeof dischargeCancelReasons)[number], string> = {
  transferred: 'Transfert vers un autre établissement',
  had_admission: 'Admission en HAD',
  deceased: 'Décès',
  prado_takes_over: 'Pris en charge par Prado',
  stay_extended: 'Séjour prolongé',
  refused_by_patient: 'Le patient refuse',
}

export const rescheduleLabels: Record<(typeof rescheduleReasons)[number], string> = {
  medical: 'Raison médicale',
  care_not_ready: 'Soins pas encore prêts',
  transport: 'Transport',
  patient_request: 'À sa demande',
  other: 'Autre',
}

export const missingLabels: Record<(typeof dischargeMissing)[number], string> = {
  address: 'Adresse',
  phone: 'Téléphone',
  prescription: 'Ordonnance',
  usual_team: 'Équipe habituelle',
  autonomy: 'Autonomie',
  date: 'Date de sortie',
  other: 'Autre',
}

export const destinationLabels: Record<(typeof destinations)[number], string> = {
  home: 'domicile',
  relative: 'chez un proche',
  'nursing-home': 'EHPAD',
  residence: 'résidence',
}

export const pradoLabels: Record<(typeof pradoPathways)[number], string> = {
  surgery: 'chirurgie',
  'heart-failure': 'insuffisance cardiaque',
  copd: 'BPCO',
  stroke: 'AVC',
  elderly: 'personnes âgées',
  maternity: 'maternité',
}

/** Why a discharge was raised, as the server says it; a code of a newer version is not shown. */
export const escalationLabels: Readonly<Record<string, string>> = {
  'need-uncovered': 'un besoin n’est pas couvert',
}

/** The codes that the story of a discharge may carry. */
export const hospitalDischargeReasonLabels: Readonly<Record<string, string>> = { ...rescheduleLabels, ...cancelLabels }
