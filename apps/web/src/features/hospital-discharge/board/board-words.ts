import type { NeedType } from '@maillage/contracts/discharge-needs'
import type { BoardCard, BoardNeed } from '@maillage/contracts/discharges/discharge-board'
import { needLabels } from '../../../kernel/words/need-words.ts'
import { duration, momentInWords } from '../../../ui/words/dates.ts'
import { counted } from '../../../ui/words/typography.ts'
import { movedInWords } from '../reschedule/reschedule-words.ts'

const HOUR = 3_600_000
/** When an uncovered need is told, then raised: the product's defaults, said by the server when they are reached. */
const alertHours = 48
const graveHours = 12

/** Short enough for a card; the whole name stands in the tooltip. */
const short: Partial<Record<NeedType, string>> = {
  'home-nurse': 'Infirmière',
  physiotherapy: 'Kiné',
  'gp-visit': 'Visite MT',
  'specialist-visit': 'Spécialiste',
  'hospital-at-home': 'HAD',
  'home-nursing-service': 'SSIAD',
  equipment: 'Matériel',
  meals: 'Repas',
}
export const shortNeed = (type: NeedType): string => short[type] ?? needLabels[type]

/** Does somebody still have to be found, or to answer? */
export const isUncovered = ({ status }: Pick<BoardNeed, 'status'>): boolean =>
  status !== 'covered' && status !== 'not_needed'

export interface BoardAlert {
  tone: 'late' | 'today' | 'note'
  words: string
}

const uncoveredWords = (card: Pick<BoardCard, 'needs'>): string =>
  counted(card.needs.filter(isUncovered).length, 'besoin à couvrir', 'besoins à couvrir')

function timeAlert(card: BoardCard, now: Date): BoardAlert | undefined {
  const left = new Date(card.expectedDischargeAt).getTime() - now.getTime()
  const isCovered = !card.needs.some(isUncovered)
  if (left < 0) return { tone: 'late', words: `Sortie prévue il y a ${duration(-left)}, à confirmer` }
  if (isCovered) return undefined
  if (card.escalatedAt || left <= graveHours * HOUR)
    return { tone: 'late', words: `${card.escalatedAt ? 'Escaladée, sortie' : 'Sortie'} dans ${duration(left)}` }
  if (left <= alertHours * HOUR)
    return { tone: 'today', words: `Sortie dans ${duration(left)}\u00A0: ${uncoveredWords(card)}` }
  return undefined
}

function stepAlert(card: BoardCard, now: Date): BoardAlert | undefined {
  if (card.status === 'submitted') {
    const by = card.dueAt ? ` avant ${momentInWords(new Date(card.dueAt), now).replace('aujourd’hui ', '')}` : ''
    const isLate = card.dueAt !== null && new Date(card.dueAt) < now
    return {
      tone: isLate ? 'late' : 'today',
      words: isLate ? 'Réception à confirmer, en retard' : `Réception à confirmer${by}`,
    }
  }
  if (card.status === 'info_requested') return { tone: 'note', words: 'Précisions attendues du service' }
  return undefined
}

function moveAlert(card: BoardCard): BoardAlert | undefined {
  const pending = card.needs.filter(({ reconfirmationPending }) => reconfirmationPending).length
  const asked = pending > 0 ? counted(pending, 'soignant à reconfirmer', 'soignants à reconfirmer') : undefined
  const moved = card.movedFrom && movedInWords(new Date(card.movedFrom), new Date(card.expectedDischargeAt))
  const words = [moved, asked].filter(Boolean).join(', ')
  return words ? { tone: 'note', words: words.charAt(0).toLocaleUpperCase('fr-FR') + words.slice(1) } : undefined
}

/** What a card warns of, the gravest first: the hours left, the step that is due, the date that moved. */
export const alertsOf = (card: BoardCard, now: Date): BoardAlert[] =>
  [timeAlert(card, now), stepAlert(card, now), moveAlert(card)].filter((alert) => alert !== undefined)

/** What stands beside a need: who comes, until when somebody may answer, who declined. */
export function needInWords(need: BoardNeed, now: Date): string {
  if (need.reconfirmationPending) return `${need.carer ?? 'soignant'}, à reconfirmer`
  switch (need.status) {
    case 'covered':
      return need.carer ?? 'couvert'
    case 'proposed': {
      const left = need.answerBy ? new Date(need.answerBy).getTime() - now.getTime() : 0
      return left > 0 ? `reste ${duration(left)}` : 'réponse attendue'
    }
    case 'unmet':
      return 'sans solution'
    case 'not_needed':
      return 'inutile'
    case 'open':
      return need.declines > 0 ? counted(need.declines, 'déclin', 'déclins') : 'à proposer'
  }
}

/** « demain 8:00, Camille Sabatier »: the first visit to come after the return home. */
export function firstVisitor(card: Pick<BoardCard, 'needs'>, now: Date): string | undefined {
  const [first] = card.needs
    .filter(({ status, carer, firstVisitAt }) => status === 'covered' && carer && firstVisitAt)
    .sort((one, other) => String(one.firstVisitAt).localeCompare(String(other.firstVisitAt)))
  if (!first?.firstVisitAt) return undefined
  return `${momentInWords(new Date(first.firstVisitAt), now)}, ${first.carer}`
}

/** « CH du Vidourle, orthopédie ». */
export const unitInWords = ({ unit }: Pick<BoardCard, 'unit'>): string =>
  `${unit.organization}, ${unit.name.charAt(0).toLocaleLowerCase('fr-FR')}${unit.name.slice(1)}`

/** « Marcel Destandau ». */
export const nameOf = ({ patient }: { patient: { firstName: string; lastName: string } }): string =>
  `${patient.firstName} ${patient.lastName}`
