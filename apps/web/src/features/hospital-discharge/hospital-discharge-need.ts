import type { HospitalDischarge, HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import { choicesOf, type MoveField } from '../../kernel/acts/move-fields.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { destinationLabels, pradoLabels } from './hospital-discharge.messages.ts'
import { detailRows } from './hospital-discharge-details.ts'

const hadLabels = { not_needed: 'Non', proposed: 'Demandée', accepted: 'Acceptée' } as const
const none = 'none'
const girs = [1, 2, 3, 4, 5, 6].map((gir) => ({ value: String(gir), label: String(gir) }))

function homeFields({ details }: HospitalDischarge): MoveField[] {
  const optional = true
  return [
    {
      kind: 'choice',
      name: 'destination',
      label: 'Retour',
      options: choicesOf(destinationLabels),
      initial: details.destination,
    },
    { kind: 'yes-no', name: 'livesAlone', label: 'Vit sans personne au domicile', initial: details.livesAlone },
    {
      kind: 'choice',
      name: 'gir',
      label: 'Autonomie (GIR)',
      chips: true,
      options: [{ value: none, label: 'Non évalué' }, ...girs],
      initial: details.gir === undefined ? none : String(details.gir),
    },
    {
      kind: 'choice',
      name: 'prado',
      label: 'Prado',
      chips: true,
      options: [{ value: none, label: 'Non' }, ...choicesOf(pradoLabels)],
      initial: details.prado ?? none,
    },
    { kind: 'choice', name: 'had', label: 'HAD', options: choicesOf(hadLabels), initial: details.had },
    { kind: 'yes-no', name: 'patientInformed', label: 'Patient informé', initial: details.patientInformed },
    { kind: 'yes-no', name: 'hasGp', label: 'A un médecin traitant', initial: details.hasGp },
    {
      kind: 'text',
      name: 'gpName',
      label: 'Son médecin traitant',
      optional,
      initial: details.gpName,
      when: ({ hasGp }) => hasGp === 'yes',
    },
  ]
}

function needFields(discharge: HospitalDischarge): MoveField[] {
  const { details } = discharge
  const optional = true
  return [
    {
      kind: 'text',
      name: 'stayReason',
      label: 'Motif du séjour',
      long: true,
      full: true,
      optional,
      initial: details.stayReason,
    },
    ...homeFields(discharge),
    { kind: 'text', name: 'precaution', label: 'Précautions', full: true, optional, initial: details.precaution },
    { kind: 'phone', name: 'callBack.phone', label: 'Téléphone du service', initial: details.callBack.phone },
    { kind: 'text', name: 'callBack.hours', label: 'Heures', initial: details.callBack.hours },
    { kind: 'text', name: 'callBack.deputy', label: 'À défaut', optional, initial: details.callBack.deputy },
  ]
}

/** The date moves by rescheduling, the ward never; the usual team and the risk stay as the ward said them. */
function detailsOf(
  filled: Readonly<Record<string, unknown>>,
  known: HospitalDischargeDetails,
): Record<string, unknown> {
  const { unitId, expectedDischargeAt, earliestAt, latestAt, usualTeam, readmissionRisk } = known
  return {
    ...filled,
    gir: filled.gir === none ? undefined : Number(filled.gir),
    prado: filled.prado === none ? undefined : filled.prado,
    ...{ unitId, expectedDischargeAt, earliestAt, latestAt, usualTeam, readmissionRisk },
  }
}

/** What a stay and its end ask for: how they read, and how they are edited. */
export const hospitalDischargeNeed = (discharge: HospitalDischarge): CaseNeed => ({
  title: 'Le séjour et le retour',
  text: discharge.details.stayReason,
  rows: detailRows(discharge),
  editable: discharge.allowedActions.some(
    ({ action, disabledBecause }) => action === 'change-details' && disabledBecause === undefined,
  ),
  editing: {
    spec: {
      label: 'Modifier le séjour et le retour',
      confirm: 'Enregistrer',
      explain: 'La date se change par «\u00A0Changer la date\u00A0»\u00A0: ceux qui viennent sont alors prévenus.',
      wide: true,
      fields: needFields(discharge),
    },
    detailsOf: (filled) => detailsOf(filled, discharge.details),
  },
})
