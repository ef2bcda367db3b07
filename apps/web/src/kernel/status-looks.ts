import type { CaseKindName } from '@maillage/contracts/cases'
import { type GpSearchStatus, gpSearchStatuses } from '@maillage/contracts/gp-search'
import { type HospitalDischargeStatus, hospitalDischargeStatuses } from '@maillage/contracts/hospital-discharge'
import { type UnscheduledCareStatus, unscheduledCareStatuses } from '@maillage/contracts/unscheduled-care'
import type { Stage } from '../ui/marks/mark-types.ts'

export interface StatusLook {
  label: string
  stage: Stage
}

/** Labels say where the case is, never what to do: the next step has its own place on screen. */
export const gpSearchLooks: Record<GpSearchStatus, StatusLook> = {
  draft: { label: 'Brouillon', stage: 'new' },
  submitted: { label: 'À trier', stage: 'new' },
  info_requested: { label: 'Infos attendues', stage: 'waiting' },
  on_hold: { label: 'En pause', stage: 'waiting' },
  eligible: { label: 'À proposer', stage: 'todo' },
  proposing: { label: 'Proposé', stage: 'started' },
  matched: { label: 'Médecin trouvé', stage: 'half' },
  visit_booked: { label: 'RDV fixé', stage: 'almost' },
  declared: { label: 'Déclaré', stage: 'done' },
  closed: { label: 'Clos', stage: 'stopped' },
}

export const unscheduledCareLooks: Record<UnscheduledCareStatus, StatusLook> = {
  submitted: { label: 'À trier', stage: 'new' },
  triaged: { label: 'À placer', stage: 'todo' },
  offering: { label: 'Proposé', stage: 'started' },
  booked: { label: 'RDV fixé', stage: 'almost' },
  attended: { label: 'Vu', stage: 'done' },
  no_show: { label: 'Non venu', stage: 'alert' },
  redirected: { label: 'Réorienté', stage: 'stopped' },
  cancelled: { label: 'Annulé', stage: 'stopped' },
  closed_no_solution: { label: 'Sans solution', stage: 'stopped' },
}

export const hospitalDischargeLooks: Record<HospitalDischargeStatus, StatusLook> = {
  draft: { label: 'Brouillon', stage: 'new' },
  submitted: { label: 'À recevoir', stage: 'new' },
  info_requested: { label: 'Infos attendues', stage: 'waiting' },
  acknowledged: { label: 'Reçue', stage: 'todo' },
  coordinating: { label: 'En cours', stage: 'started' },
  partially_covered: { label: 'En partie', stage: 'half' },
  covered: { label: 'Couverte', stage: 'almost' },
  discharged: { label: 'Sortie faite', stage: 'almost' },
  followed_up: { label: 'Suivie', stage: 'done' },
  cancelled: { label: 'Annulée', stage: 'stopped' },
}

const escalated: StatusLook = { label: 'Escaladée', stage: 'alert' }

const looks: Record<CaseKindName, Readonly<Record<string, StatusLook>>> = {
  'gp-search': gpSearchLooks,
  'unscheduled-care': unscheduledCareLooks,
  'hospital-discharge': hospitalDischargeLooks,
}

/** The statuses of each kind, in the order in which a case goes through them: for filters. */
export const statusesOf: Record<CaseKindName, readonly string[]> = {
  'gp-search': gpSearchStatuses,
  'unscheduled-care': unscheduledCareStatuses,
  'hospital-discharge': hospitalDischargeStatuses,
}

/**
 * How a status reads and how full its ring is. Escalation is a flag beside the status: it is said first, while the
 * case is open. A status that this version does not know is shown as it came rather than hidden.
 */
export function statusLook(kind: CaseKindName, status: string, isEscalated = false): StatusLook {
  const look = looks[kind][status] ?? { label: status, stage: 'new' }
  return isEscalated && look.stage !== 'done' && look.stage !== 'stopped' ? escalated : look
}

/** Nothing more happens to the case: it left the queue. */
export function isEnded(kind: CaseKindName, status: string): boolean {
  const { stage } = statusLook(kind, status)
  return stage === 'done' || stage === 'stopped'
}
