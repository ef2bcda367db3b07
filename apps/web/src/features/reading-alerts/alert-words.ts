import type { ReadingAlert, ReadingRule } from '@maillage/contracts/trail/reading-alerts'
import { dayInWords, timeInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

const ruleWords: Readonly<Record<ReadingRule, string>> = {
  hour: 'en une heure',
  day: 'en un jour',
  night: 'la nuit',
  'closed-day': 'un jour de fermeture',
}

/** « Dossiers de 72 patients, ouverts en une heure »: people are counted, as in the thresholds. */
export const whatInWords = ({ files, rule }: Pick<ReadingAlert, 'files' | 'rule'>): string =>
  `${files > 1 ? 'Dossiers' : 'Dossier'} de ${counted(files, 'patient, ouvert', 'patients, ouverts')} ${ruleWords[rule]}`

/** « Le 10 mars 2026, de 14:02 à 14:58 ». */
export const whenInWords = ({ day, firstAt, lastAt }: Pick<ReadingAlert, 'day' | 'firstAt' | 'lastAt'>): string =>
  `Le ${dayInWords(day)}, de ${timeInWords(new Date(firstAt))} à ${timeInWords(new Date(lastAt))}`

/** Why it is told: the threshold that was reached, as it was set then. */
export const whyInWords = ({ rule, threshold }: Pick<ReadingAlert, 'rule' | 'threshold'>): string =>
  `Signalé à partir de ${threshold} patients ${ruleWords[rule]}.`
