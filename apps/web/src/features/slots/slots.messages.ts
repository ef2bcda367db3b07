import { type SlotSeries, type SlotWeekday, slotWeekdays } from '@maillage/contracts/slots/slots'
import { visibilityLabels } from '../../kernel/words/slot-words.ts'
import { dayInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

export const weekdayLabels: Record<SlotWeekday, { short: string; long: string }> = {
  mon: { short: 'lun.', long: 'lundi' },
  tue: { short: 'mar.', long: 'mardi' },
  wed: { short: 'mer.', long: 'mercredi' },
  thu: { short: 'jeu.', long: 'jeudi' },
  fri: { short: 'ven.', long: 'vendredi' },
  sat: { short: 'sam.', long: 'samedi' },
  sun: { short: 'dim.', long: 'dimanche' },
}

const joined = (words: readonly string[]): string => new Intl.ListFormat('fr-FR').format(words)

/** « mardi et jeudi, 14:00, 4 créneaux de 20 min ». */
export function seriesInWords(series: SlotSeries): string {
  const days = slotWeekdays.filter((day) => series.days.includes(day)).map((day) => weekdayLabels[day].long)
  const rhythm = series.everyWeeks === 1 ? '' : `, une semaine sur ${series.everyWeeks}`
  const slots = counted(series.count, 'créneau', 'créneaux')
  return `${joined(days)}${rhythm}, ${series.time}, ${slots} de ${series.durationMinutes}\u00A0min`
}

/** « du 2 juin 2026 au 30 juin 2026, visibles par La régulation ». */
export function seriesSpanInWords({ from, until, visibility, excluded }: SlotSeries): string {
  const span = until ? `du ${dayInWords(from)} au ${dayInWords(until)}` : `depuis le ${dayInWords(from)}`
  const but = excluded.length > 0 ? `, sauf ${counted(excluded.length, 'jour', 'jours')}` : ''
  const shown = visibility.map((one) => visibilityLabels[one].label.replace(/^./, (first) => first.toLowerCase()))
  return `${span}${but}, montrés à\u00A0: ${shown.join(', ')}`
}

const faults: Readonly<Record<string, string>> = {
  '/day past': 'Ce jour est passé.',
  '/from past': 'Ce jour est passé.',
  '/time past': 'Cette heure est passée.',
  '/until before-start': 'Le dernier jour vient avant le premier.',
  '/count past-midnight': 'Le dernier créneau finirait après minuit.',
  '/day too-far': 'Choisissez un jour dans l’année qui vient.',
  '/from too-far': 'Choisissez un jour dans l’année qui vient.',
}

/** What the API refuses of what was typed. */
export const publishFault = (pointer: string, code: string): string =>
  faults[`${pointer} ${code}`] ?? 'Un champ n’est pas rempli comme attendu.'
