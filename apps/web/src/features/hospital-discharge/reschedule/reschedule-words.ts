import type { RescheduleConsequence, ReschedulePreview } from '@maillage/contracts/discharges/discharge-board'
import { needLabel } from '../../../kernel/words/need-words.ts'
import { daysBetween, duration, momentInWords } from '../../../ui/words/dates.ts'
import { counted } from '../../../ui/words/typography.ts'

const NBSP = '\u00A0'

/** « avancée de 2 jours », « repoussée de 3 h »: how far a date moved, in days of the calendar beyond the same day. */
export function shiftInWords(from: Date, to: Date): string {
  const verb = to < from ? 'avancée' : 'repoussée'
  const days = Math.abs(daysBetween(from, to))
  const by = days === 0 ? duration(Math.abs(to.getTime() - from.getTime())) : counted(days, 'jour', 'jours')
  return `${verb} de ${by}`
}

const dayName = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long' })
const longDay = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long' })
const week = 7

/** « avancée de mardi à lundi »; beyond a week a weekday no longer names a day: « repoussée au 12 décembre ». */
export function movedInWords(from: Date, to: Date): string {
  const days = daysBetween(from, to)
  if (days === 0) return shiftInWords(from, to)
  const verb = days < 0 ? 'avancée' : 'repoussée'
  if (Math.abs(days) >= week) return `${verb} du ${longDay.format(from)} au ${longDay.format(to)}`
  return `${verb} de ${dayName.format(from)} à ${dayName.format(to)}`
}

export interface ConsequenceGroup {
  key: 'reconfirm' | 'call' | 'told'
  title: string
  lines: { key: string; who: string; what: string; phone: string | null }[]
}

const lineOf = (need: RescheduleConsequence, now: Date): ConsequenceGroup['lines'][number] => {
  const visit = need.firstVisitAt ? momentInWords(new Date(need.firstVisitAt), now) : undefined
  const early = need.visitTooEarly && visit ? `, visite prévue ${visit}, avant le retour` : ''
  return {
    key: need.needId,
    who: need.carer?.name ?? 'La personne qui avait accepté',
    what: `${needLabel(need.type)}${early}`,
    phone: need.byPhone ? (need.carer?.phone ?? null) : null,
  }
}

const titles: Record<ConsequenceGroup['key'], (count: number) => string> = {
  reconfirm: (count) =>
    count > 1
      ? `${count}${NBSP}soignants devront dire s’ils viennent encore`
      : 'Un soignant devra dire s’il vient encore',
  call: () => 'À prévenir par téléphone, par vous',
  told: (count) =>
    count > 1
      ? `${count}${NBSP}soignants prévenus, sans avoir à confirmer`
      : 'Un soignant prévenu, sans avoir à confirmer',
}

/** Who has to do what about the new date: those who say again, those to call, those who are only told. */
export function consequenceGroups(preview: ReschedulePreview, now: Date): ConsequenceGroup[] {
  const groupOf = (need: RescheduleConsequence): ConsequenceGroup['key'] | undefined => {
    if (need.answer === 'reconfirm') return 'reconfirm'
    if (need.answer === 'none') return undefined
    return need.byPhone ? 'call' : 'told'
  }
  return (['reconfirm', 'call', 'told'] as const).flatMap((key) => {
    const lines = preview.needs.filter((need) => groupOf(need) === key).map((need) => lineOf(need, now))
    return lines.length > 0 ? [{ key, title: titles[key](lines.length), lines }] : []
  })
}

/** The first sentence: how far the date moves and what that does to the coverage. */
export function consequenceHead(preview: ReschedulePreview): string {
  const shift = shiftInWords(new Date(preview.from), new Date(preview.to))
  const capital = `Sortie ${shift}`
  if (preview.wanted === 0) return `${capital}. Aucun besoin n’est à couvrir.`
  if (preview.coveredBefore === 0) return `${capital}. Personne n’a encore accepté.`
  if (preview.coveredAfter === preview.coveredBefore)
    return `${capital}. Ce qui est couvert le reste${NBSP}: ${preview.coveredAfter} sur ${preview.wanted}.`
  return `${capital}. Besoins couverts${NBSP}: ${preview.coveredBefore} sur ${preview.wanted} aujourd’hui, ${preview.coveredAfter} jusqu’à leur réponse.`
}

/** What else follows, in the order of its weight. */
export function consequenceNotes(preview: ReschedulePreview, now: Date): string[] {
  const notes: string[] = []
  if (preview.escalates)
    notes.push('La sortie sera à moins de 12\u00A0h avec un besoin non couvert\u00A0: elle sera escaladée aussitôt.')
  if (preview.asksAgain && preview.reconfirmBy && preview.needs.some(({ answer }) => answer === 'reconfirm'))
    notes.push(
      `Réponse attendue avant ${momentInWords(new Date(preview.reconfirmBy), now)}. Leurs besoins redeviennent «\u00A0proposés\u00A0» d’ici là.`,
    )
  if (preview.needs.length > 0) notes.push('Les dates de début des soins suivent la sortie.')
  notes.push(
    'Le service et la coordination voient le changement. Revenir en arrière est un nouveau changement de date.',
  )
  return notes
}
