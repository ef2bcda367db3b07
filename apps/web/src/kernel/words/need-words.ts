import { type NeedType, needTypes } from '@maillage/contracts/discharge-needs'

interface NeedWords {
  label: string
  /** The step that covers it. */
  find: string
}

const needs: Record<NeedType, NeedWords> = {
  'home-nurse': { label: 'Infirmière à domicile', find: 'Trouver une infirmière' },
  physiotherapy: { label: 'Kinésithérapie', find: 'Trouver un kiné' },
  'speech-therapy': { label: 'Orthophonie', find: 'Trouver un orthophoniste' },
  'gp-visit': { label: 'Visite du médecin', find: 'Trouver un médecin' },
  'specialist-visit': { label: 'Visite d’un spécialiste', find: 'Trouver un spécialiste' },
  pharmacy: { label: 'Pharmacie', find: 'Trouver une pharmacie' },
  equipment: { label: 'Matériel médical', find: 'Trouver le matériel' },
  laboratory: { label: 'Laboratoire', find: 'Trouver un laboratoire' },
  'hospital-at-home': { label: 'Hospitalisation à domicile', find: 'Solliciter l’HAD' },
  'home-nursing-service': { label: 'Soins infirmiers (SSIAD)', find: 'Solliciter un SSIAD' },
  'home-help': { label: 'Aide à domicile', find: 'Trouver une aide' },
  meals: { label: 'Portage de repas', find: 'Trouver le portage' },
  transport: { label: 'Transport', find: 'Trouver un transport' },
  'social-worker': { label: 'Assistance sociale', find: 'Trouver un assistant social' },
  psychologist: { label: 'Psychologue', find: 'Trouver un psychologue' },
}

/** Every need in French, by its code. */
export const needLabels = Object.fromEntries(
  Object.entries(needs).map(([type, { label }]) => [type, label]),
  // fromEntries loses the keys that the record above gives.
) as Record<NeedType, string>

const isNeedType = (type: string): type is NeedType => needTypes.some((known) => known === type)

/** « Infirmière à domicile ». A type of a newer version is shown as it came. */
export const needLabel = (type: string): string => (isNeedType(type) ? needs[type].label : type)

/** « Trouver une infirmière ». */
export const needToFind = (type: string): string => (isNeedType(type) ? needs[type].find : 'Couvrir un besoin')
