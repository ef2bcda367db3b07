import { checklistItems } from '@maillage/contracts/hospital-discharge'

type Item = (typeof checklistItems)[number]

/** The check-list before leaving, in our own words, « inspirée de la check-list HAS 2015 ». */
const labels: Record<Item, string> = {
  readmission_risk: 'Le risque de réhospitalisation est évalué',
  social_evaluation: 'La situation sociale est évaluée',
  patient_involved: 'Le patient a pris part à l’organisation de sa sortie',
  prescriptions_explained: 'Les ordonnances sont expliquées',
  education: 'Les signes d’alerte et qui appeler sont connus',
  appointments: 'Les rendez-vous sont donnés ou à prendre',
  directives: 'Directives et personne de confiance sont transmises',
  home_team_contacted: 'Le médecin et les soignants de ville sont contactés',
  home_team_warned: 'Ils sont prévenus de la date',
  pharmacist_contacted: 'Le pharmacien est contacté',
  home_help_contacted: 'L’aide à domicile est contactée',
  discharge_document: 'Le document de sortie est remis et envoyé',
  transition_support: 'Un accompagnement du retour est prévu',
  belongings: 'Les effets personnels sont rendus',
  date_compatible: 'L’heure convient au domicile, le transport est prévu',
}

/** « Sans objet » is no answer to the first two. */
export const checklistRows = checklistItems.map((item) => ({
  item,
  label: labels[item],
  options: [
    { value: 'yes' as const, label: 'Oui' },
    { value: 'no' as const, label: 'Non' },
    ...(item === 'readmission_risk' || item === 'social_evaluation' ? [] : [{ value: 'na' as const, label: 'S. o.' }]),
  ],
}))
