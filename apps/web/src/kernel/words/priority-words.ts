import { type Band, bandThresholds, type Contribution } from '@maillage/contracts/cases'
import { dayInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

/** Every factor that gives points, over the three kinds, as a coordinator would say it. */
const factors: Readonly<Record<string, string>> = {
  'long-term-condition': 'Affection de longue durée',
  treatment: 'Traitement bientôt fini',
  age: 'Âge',
  'solidarity-cover': 'Complémentaire santé solidaire ou AME',
  disability: 'Allocation adulte handicapé',
  homebound: 'Ne peut pas se déplacer',
  'pregnancy-or-infant': 'Grossesse ou enfant de moins de 2 ans',
  discharge: 'Sort de l’hôpital',
  'emergency-visits': 'Passages répétés aux urgences',
  'no-care': 'Sans soins depuis un an',
  isolated: 'Isolement',
  'gp-leaving': 'Son médecin s’en va',
  'professional-request': 'Demande d’un professionnel',
  seniority: 'Ancienneté de la demande',
  'urgency-level': 'Niveau d’urgence',
  'time-left': 'Temps restant',
  'hours-left': 'Temps avant la sortie',
  'vital-need': 'Besoin vital à couvrir',
  autonomy: 'Perte d’autonomie',
  prado: 'Parcours Prado',
  'readmission-risk': 'Risque de réhospitalisation',
}

type Evidence = (value: string) => string

const evidences: Readonly<Record<string, Evidence>> = {
  declared: () => 'déclaré',
  'aged-80': (age) => `${age} ans`,
  'aged-70': (age) => `${age} ans`,
  'treatment-within-7-days': (days) => `reste ${counted(Number(days), 'jour', 'jours')}`,
  'treatment-within-15-days': (days) => `reste ${counted(Number(days), 'jour', 'jours')}`,
  'linked-discharge': () => 'sortie en cours',
  discharged: (days) => `il y a ${counted(Number(days), 'jour', 'jours')}`,
  'gp-leaving': (day) => `le ${dayInWords(day)}`,
  professional: () => 'soignant ou hôpital',
  'waited-days': (days) => counted(Number(days), 'jour', 'jours'),
  triaged: (level) => level,
  untriaged: () => 'pas encore trié',
  'hours-left': (hours) => (Number(hours) < 1 ? 'moins d’une heure' : `reste ${hours}\u00A0h`),
  late: () => 'délai passé',
  'vital-uncovered': (count) => counted(Number(count), 'besoin', 'besoins'),
  gir: (gir) => `GIR ${gir}`,
  prado: () => 'inclus',
}

/** « , P1 à partir de 60 »; « , P4 sous 20 ». */
export const thresholdInWords = (band: Band): string =>
  band === 'P4' ? `, P4 sous ${bandThresholds.P3}` : `, ${band} à partir de ${bandThresholds[band]}`

/** Who gave the fact, where the evidence itself does not say so. */
const sources: Readonly<Record<string, string>> = {
  clinician: 'soignant',
  protocol: 'protocole',
  requester: 'demandeur',
}

export interface ContributionWords {
  label: string
  evidence: string
}

/** What a contribution says: the fact, then what it rests on. Unknown codes are shown as they came. */
export function contributionInWords({ factor, evidence, source }: Contribution): ContributionWords {
  const said = evidences[evidence.code]
  const words = said ? said(evidence.value ?? '') : evidence.code
  const by = sources[source]
  return { label: factors[factor] ?? factor, evidence: by ? `${words}, ${by}` : words }
}
