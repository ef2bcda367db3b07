import { type KeptSlot, type SlotSeries, type SlotWeekday, slotWeekdays } from '@maillage/contracts/slots/slots'
import { visibilityLabels } from '../../kernel/words/slot-words.ts'
import { ApiProblem } from '../../platform/http.ts'
import { dayInWords, momentInWords } from '../../ui/words/dates.ts'
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

const few = 3

/** « mardi 9 juin 14:00, jeudi 11 juin 14:00 et 2 autres »: the moments that matter, without a page of them. */
function momentsInWords(moments: readonly string[], now: Date): string {
  const said = moments.slice(0, few).map((at) => momentInWords(new Date(at), now))
  const more = moments.length - said.length
  return joined(more > 0 ? [...said, counted(more, 'autre', 'autres')] : said)
}

/** What of a changed series stayed as it was, for those who stand there. */
export function keptInWords(kept: readonly KeptSlot[], now: Date): string | undefined {
  if (kept.length === 0) return undefined
  const start =
    kept.length === 1
      ? 'Un créneau pris reste à son ancienne heure'
      : `${kept.length} créneaux pris restent à leur ancienne heure`
  const moments = momentsInWords(
    kept.map(({ startsAt }) => startsAt),
    now,
  )
  return `${start}\u00A0: ${moments}.`
}

/** Why a publication could not be taken back: somebody was placed in it since, and when. */
export function withdrawalRefusal(error: unknown, now: Date): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'slot-taken') return undefined
  const moments = error.errors.flatMap(({ detail }) => (detail ? [detail] : []))
  if (moments.length === 0) return undefined
  const taken = moments.length === 1 ? 'un créneau est déjà pris' : `${moments.length} créneaux sont déjà pris`
  return `Rien n’a été retiré\u00A0: ${taken}, ${momentsInWords(moments, now)}.`
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
