import type { AlertLine, AnswerLine, Home, HomeFigures, StandIn } from '@maillage/contracts/coordination/home'
import { answerReason } from '../../kernel/words/answer-words.ts'
import { dayInWords, daysBetween, duration, momentInWords, shortDayInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

/** One figure of the band: what it counts, and the filters of the queue that show the same. */
export interface Figure {
  key: 'late' | 'today' | 'new' | 'unmet'
  value: number
  label: string
  detail: string
  query: Record<string, string>
}

/** The four figures, in the order of the day. */
export function figuresOf(figures: HomeFigures, now: Date): Figure[] {
  const { late, oldestLateAt, dueToday, newUnowned, unmet, unmetRecent } = figures
  return [
    {
      key: 'late',
      value: late,
      label: 'en retard',
      detail: oldestLateAt
        ? `le plus ancien\u00A0: ${duration(now.getTime() - new Date(oldestLateAt).getTime())}`
        : 'rien n’est en retard',
      query: { echeance: 'retard' },
    },
    {
      key: 'today',
      value: dueToday,
      label: 'à faire aujourd’hui',
      detail: dueToday === 0 ? 'plus d’échéance ce jour' : 'd’ici minuit',
      query: { echeance: 'aujourdhui' },
    },
    {
      key: 'new',
      value: figures.new,
      label: figures.new < 2 ? 'nouvelle demande' : 'nouvelles demandes',
      detail: figures.new === 0 ? 'tout est trié' : `${newUnowned} sans responsable`,
      query: { statut: 'submitted' },
    },
    {
      key: 'unmet',
      value: unmet,
      label: 'sans solution',
      detail: `dont ${unmetRecent === 0 ? 'aucun' : unmetRecent} ces 30\u00A0jours`,
      query: { statut: 'closed_no_solution' },
    },
  ]
}

/** « Samedi 21 novembre. Nouvelles depuis hier 18:10. » */
export function visitWords({ since }: Pick<Home, 'since'>, now: Date): string {
  const day = dayInWords(parisDayOf(now)).replace(/ \d{4}$/, '')
  const weekday = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long' }).format(now)
  const today = `${weekday.charAt(0).toLocaleUpperCase('fr-FR')}${weekday.slice(1)} ${day}.`
  return `${today} Nouvelles depuis ${momentInWords(new Date(since), now).replace('aujourd’hui ', '')}.`
}

const parisDayOf = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(at)

/** « Réponses depuis hier », « Réponses depuis 8:42 ». */
export function answersTitle(since: Date, now: Date): string {
  const away = daysBetween(since, now)
  if (away === 0) return `Réponses depuis ${momentInWords(since, now).replace('aujourd’hui ', '')}`
  return away === 1 ? 'Réponses depuis hier' : `Réponses depuis le ${shortDayInWords(since, now)}`
}

/** The first name is enough to greet: « Bonjour Nadia ». */
export const greeting = (displayName: string): string => `Bonjour ${displayName.split(' ')[0] ?? ''}`.trim()

const answers: Record<AnswerLine['status'], { icon: string; tone: string; says: string }> = {
  accepted: { icon: 'i-lucide-check', tone: 'text-success', says: 'accepte' },
  declined: { icon: 'i-lucide-x', tone: 'text-error', says: 'décline' },
  expired: { icon: 'i-lucide-hourglass', tone: 'text-muted', says: 'n’a pas répondu' },
}

/** « décline (absence) », with its mark. */
export function answerLook({ status, reason }: AnswerLine): { icon: string; tone: string; says: string } {
  const look = answers[status]
  return status === 'declined' && reason ? { ...look, says: `${look.says} (${answerReason(reason)})` } : look
}

/** Why an unread case is an alert. */
export const alertWords: Record<AlertLine['reason'], string> = {
  'same-day': 'à voir le jour même',
  'first-band': 'très prioritaire',
  escalated: 'signalé en alerte',
}

/** « 2 en retard, 1 rappel, aucune alerte ». */
export function standInWords({ late, callbacks, alerts }: StandIn): string {
  const parts = [
    counted(late, 'dossier en retard', 'dossiers en retard', 'aucun retard'),
    counted(callbacks, 'rappel', 'rappels', 'aucun rappel'),
    counted(alerts, 'alerte non lue', 'alertes non lues', 'aucune alerte'),
  ]
  return parts.join(', ')
}

/** « du 9 au 13 mars 2026 », « le 9 mars 2026 ». */
export function daysInWords(from: string, until: string): string {
  if (from === until) return `le ${dayInWords(from)}`
  const start = from.slice(0, 7) === until.slice(0, 7) ? dayInWords(from).split(' ')[0] : dayInWords(from)
  return `du ${start} au ${dayInWords(until)}`
}
