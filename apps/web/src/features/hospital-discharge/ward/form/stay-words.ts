import type { destinations, hadStates, pradoPathways } from '@maillage/contracts/hospital-discharge'

type Destination = (typeof destinations)[number]
export const destinationOptions: readonly { value: Destination; label: string }[] = [
  { value: 'home', label: 'Domicile' },
  { value: 'relative', label: 'Chez un proche' },
  { value: 'nursing-home', label: 'EHPAD' },
  { value: 'residence', label: 'Résidence' },
]

export const yesNoOptions: readonly { value: 'yes' | 'no'; label: string }[] = [
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non' },
]

export const girOptions = [
  { value: 'none', label: 'Non évalué' },
  ...[1, 2, 3, 4, 5, 6].map((gir) => ({
    value: String(gir),
    label: gir === 1 ? `GIR\u00A01, le plus dépendant` : `GIR\u00A0${gir}`,
  })),
]

type Prado = (typeof pradoPathways)[number]
export const pradoOptions: { value: Prado | 'none'; label: string }[] = [
  { value: 'none', label: 'Non' },
  { value: 'surgery', label: 'Chirurgie' },
  { value: 'heart-failure', label: 'Insuffisance cardiaque' },
  { value: 'copd', label: 'BPCO' },
  { value: 'stroke', label: 'AVC' },
  { value: 'elderly', label: '75 ans et plus' },
  { value: 'maternity', label: 'Maternité' },
]

type Had = (typeof hadStates)[number]
export const hadOptions: { value: Had; label: string }[] = [
  { value: 'not_needed', label: 'Non' },
  { value: 'proposed', label: 'Demandée' },
  { value: 'accepted', label: 'Acceptée' },
]
