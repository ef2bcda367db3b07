import type { ReadingAlert, ReadingReason, ReadingRule } from '@maillage/contracts/trail/reading-alerts'
import { dayInWords, timeInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

const ruleWords: Readonly<Record<ReadingRule, string>> = {
  night: 'en une nuit',
  'closed-day': 'un jour de fermeture',
  hour: 'en une heure',
  day: 'en un jour',
  listed: 'en un jour par des listes ou des recherches',
}

/** « Dossiers de 72 patients, ouverts en une heure »: people are counted, as in the thresholds. */
export function whatInWords({ files, rule }: Pick<ReadingReason, 'files' | 'rule'>): string {
  if (rule === 'listed') return `${counted(files, 'patient montré', 'patients montrés')} ${ruleWords.listed}`
  return `${files > 1 ? 'Dossiers' : 'Dossier'} de ${counted(files, 'patient, ouvert', 'patients, ouverts')} ${ruleWords[rule]}`
}

/** All its reasons in one breath, for who hears the name of a button. */
export const alertInWords = ({ reasons }: Pick<ReadingAlert, 'reasons'>): string => reasons.map(whatInWords).join(', ')

/** « Le 10 mars 2026, de 14:02 à 14:58 »; a night bears the day on which it began. */
export function whenInWords(
  day: ReadingAlert['day'],
  { rule, firstAt, lastAt }: Pick<ReadingReason, 'rule' | 'firstAt' | 'lastAt'>,
): string {
  const words = dayInWords(day)
  const date = rule === 'night' ? `La nuit du ${words} au lendemain` : `Le ${words}`
  return `${date}, de ${timeInWords(new Date(firstAt))} à ${timeInWords(new Date(lastAt))}`
}

/** Why it is told: the threshold that was reached, as it was set then. */
export const whyInWords = ({ rule, threshold }: Pick<ReadingReason, 'rule' | 'threshold'>): string =>
  `Signalé à partir de ${counted(threshold, 'patient', 'patients')} ${ruleWords[rule]}.`
