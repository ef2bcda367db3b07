import type { CaseKindName, CoverageLine, DeadlineCode } from '@maillage/contracts/cases'
import type { GpSearchStatus } from '@maillage/contracts/gp-search'
import type { HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import type { UnscheduledCareStatus } from '@maillage/contracts/unscheduled-care'
import { needToFind } from './words/need-words.ts'

/** What the next step of a case is told from: facts of its header and of its row in the queue, nothing more. */
export interface StepFacts {
  kind: CaseKindName
  status: string
  dueCode: DeadlineCode | null
  escalated: boolean
  liveProposals: number
  coverage: readonly CoverageLine[]
}

type Step = string | ((facts: StepFacts) => string)

const waitFor = ({ liveProposals }: StepFacts): string =>
  liveProposals > 1 ? `Attendre ${liveProposals} réponses` : 'Attendre la réponse'

const find = (facts: StepFacts): string => {
  const uncovered = facts.coverage.find(({ status }) => status === 'unmet' || status === 'open')
  if (uncovered) return needToFind(uncovered.type)
  return facts.coverage.some(({ status }) => status === 'proposed') ? waitFor(facts) : 'Vérifier les besoins'
}

/** One line a status: what the coordinator does next, in the words of a button. */
const gpSearchSteps: Record<GpSearchStatus, Step> = {
  draft: 'Terminer la saisie',
  submitted: 'Trier',
  info_requested: 'Rappeler, infos attendues',
  on_hold: 'Reprendre à la date dite',
  eligible: ({ dueCode }) => (dueCode === 'revalidation' ? 'Reconfirmer la demande' : 'Proposer à un médecin'),
  proposing: waitFor,
  matched: ({ dueCode }) => (dueCode === 'tell-patient' ? 'Prévenir le patient' : 'Fixer le premier RDV'),
  visit_booked: ({ dueCode }) => (dueCode === 'declaration' ? 'Demander la déclaration' : 'Attendre le RDV'),
  declared: 'Rien à faire',
  closed: 'Rien à faire',
}

const unscheduledCareSteps: Record<UnscheduledCareStatus, Step> = {
  submitted: 'Trier',
  triaged: 'Trouver un RDV',
  offering: waitFor,
  booked: 'Attendre le retour',
  no_show: 'Rappeler le patient',
  attended: 'Rien à faire',
  redirected: 'Rien à faire',
  closed_no_solution: 'Rien à faire',
  cancelled: 'Rien à faire',
}

const hospitalDischargeSteps: Record<HospitalDischargeStatus, Step> = {
  draft: 'Attendre le service',
  submitted: 'Accuser réception',
  acknowledged: 'Commencer la coordination',
  info_requested: 'Relancer le service',
  coordinating: find,
  partially_covered: find,
  covered: 'Attendre la sortie',
  discharged: 'Appeler à J+2',
  followed_up: 'Rien à faire',
  cancelled: 'Rien à faire',
}

const steps: Record<CaseKindName, Readonly<Record<string, Step>>> = {
  'gp-search': gpSearchSteps,
  'unscheduled-care': unscheduledCareSteps,
  'hospital-discharge': hospitalDischargeSteps,
}

/** « Prochaine étape »: the one thing that moves this case on. A callback that runs out first is said first. */
export function nextStep(facts: StepFacts): string {
  if (facts.dueCode === 'callback') return 'Rappeler, comme convenu'
  if (facts.escalated && facts.kind === 'hospital-discharge' && facts.status !== 'discharged') return find(facts)
  const step = steps[facts.kind][facts.status] ?? 'Ouvrir le dossier'
  return typeof step === 'string' ? step : step(facts)
}

/** What a deadline is about, said beside it: « Retard 2 j, trouver un médecin ». */
export const deadlineWords: Record<DeadlineCode, string> = {
  submit: 'terminer la saisie',
  triage: 'trier',
  'find-practitioner': 'trouver un médecin',
  'proposal-answer': 'réponse à la proposition',
  'tell-patient': 'prévenir le patient',
  'first-visit': 'fixer le premier RDV',
  declaration: 'déclaration',
  information: 'infos attendues',
  resume: 'reprise',
  'care-delivered': 'à voir avant',
  appointment: 'rendez-vous',
  acknowledge: 'accuser réception',
  'cover-needs': 'besoins à couvrir',
  discharge: 'sortie',
  'follow-up': 'appel de suivi',
  callback: 'rappel',
  revalidation: 'à reconfirmer',
  'revalidation-asked': 'interrogé, réponse attendue',
}
