import type { Fault, FaultWords } from '../../../../kernel/fields/faults.ts'
import { patientFaultWords } from '../../../../kernel/fields/patient-form.ts'

/** The four steps, in order; each is a place in the address. */
export const wardSteps = ['patient', 'sejour', 'besoins', 'verifications'] as const
export type WardStep = (typeof wardSteps)[number]

export const stepTitles: Record<WardStep, string> = {
  patient: 'Patient',
  sejour: 'Séjour',
  besoins: 'Besoins',
  verifications: 'Vérifications',
}

/** Where a fault is mended. */
export function stepOf(pointer: string): WardStep {
  if (pointer.startsWith('/patient') || pointer.startsWith('/nationalHealthId')) return 'patient'
  if (pointer.startsWith('/needs')) return 'besoins'
  if (pointer.startsWith('/consent') || pointer === '/details/patientInformed') return 'verifications'
  return 'sejour'
}

/** The faults of one step, those of the others waiting for theirs. */
export const faultsOfStep = (faults: readonly Fault[], step: WardStep): Fault[] =>
  faults.filter(({ pointer }) => stepOf(pointer) === step)

/** What each field of a discharge asks for. */
export const wardFaultWords: FaultWords = {
  ...patientFaultWords,
  '/nationalHealthId/number': 'Relisez le matricule, il ne correspond pas à sa clé.',
  '/nationalHealthId/authority': 'Cette installation n’accepte pas un numéro de cette nature.',
  '/details/unitId': 'Choisissez le service.',
  '/details/expectedDischargeAt': 'Indiquez le jour et l’heure de sortie prévus.',
  '/details/earliestAt': 'Indiquez une date et une heure.',
  '/details/latestAt': 'Indiquez une date et une heure.',
  '/details/destination': 'Indiquez où va la personne.',
  '/details/livesAlone': 'Dites si la personne vit seule.',
  '/details/hasGp': 'Dites si la personne a un médecin traitant.',
  '/details/gir': 'Choisissez un GIR de 1 à 6, ou «\u00A0non évalué\u00A0».',
  '/details/callBack/phone': 'Indiquez un numéro de rappel complet.',
  '/details/callBack/hours': 'Indiquez les heures auxquelles vous rappeler.',
  '/details/usualTeam/*/name': 'Indiquez le nom de ce soignant.',
  '/details/usualTeam/*/phone': 'Indiquez un numéro de téléphone complet.',
  '/details/patientInformed': 'Confirmez que la personne est prévenue de sa sortie.',
  '/consent': 'Recueillez l’accord de la personne.',
  '/needs': 'Choisissez au moins un besoin.',
  '/needs/*/startAt': 'Indiquez quand ce besoin commence.',
  '/needs/*/endAt': 'Indiquez une fin après le début, ou laissez vide.',
}
