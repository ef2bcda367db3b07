import type { BoardCard } from '@maillage/contracts/discharges/discharge-board'
import { nextTick, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import { useShortcuts } from '../../../platform/keys.ts'
import { parisClock } from '../../../ui/words/paris-time.ts'
import type { BoardColumnData } from './board-columns.ts'
import { clockOnDay, neighbourDay } from './board-columns.ts'
import { nameOf } from './board-words.ts'
import type { Board } from './use-board.ts'

export interface BoardMoves {
  /** The card whose date is being changed, and the clock that was already chosen. */
  moving: Readonly<ShallowRef<{ card: BoardCard; start: string | undefined } | undefined>>
  isOpen: Ref<boolean>
  /** Where the arrow keys have led the focused card, before Enter. */
  aimed: Readonly<ShallowRef<{ card: BoardCard; to: BoardColumnData } | undefined>>
  /** The column over which a card is dragged. */
  over: Ref<string | undefined>
  spoken: Readonly<Ref<string>>
  ask: (card: BoardCard, to?: BoardColumnData) => void
  grab: (card: BoardCard, event: DragEvent) => void
  drop: (to: BoardColumnData) => void
  forgetAim: () => void
  /** After the date moved: the board is read anew and the focus follows the card. */
  done: () => Promise<void>
}

const within = (title: string): string => title.toLocaleLowerCase('fr-FR')
const focused = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset.cardLink : undefined
const focusCard = (id: string): void => document.querySelector<HTMLElement>(`[data-card-link="${id}"]`)?.focus()

type Ask = (card: BoardCard, to?: BoardColumnData) => void

const columnHolding = (board: Board, id: string): BoardColumnData | undefined =>
  board.columns.value.find(({ cards }) => cards.some((card) => card.id === id))

/** Dragged by the pointer and dropped on a column: the same hour of that day. */
function useDragging(board: Board, ask: Ask): Pick<BoardMoves, 'over' | 'grab' | 'drop'> {
  const over = ref<string>()
  let grabbed: BoardCard | undefined
  const grab = (card: BoardCard, event: DragEvent): void => {
    grabbed = card
    event.dataTransfer?.setData('text/plain', card.reference)
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
  }
  const drop = (to: BoardColumnData): void => {
    over.value = undefined
    const card = grabbed
    grabbed = undefined
    if (card && columnHolding(board, card.id)?.key !== to.key) ask(card, to)
  }
  return { over, grab, drop }
}

/** Where the arrow keys lead the focused card: nothing happens before Enter, and each step is said. */
function useAim(board: Board, spoken: Ref<string>) {
  const aimed = shallowRef<{ card: BoardCard; to: BoardColumnData }>()
  const forgetAim = (): void => {
    aimed.value = undefined
  }
  const aim = (by: 1 | -1): void => {
    const id = focused()
    const at = id ? columnHolding(board, id) : undefined
    const card = at?.cards.find((one) => one.id === id)
    if (!at || !card) return
    const start = aimed.value?.card.id === card.id ? aimed.value.to.key : at.key
    const to = neighbourDay(board.columns.value, start, by)
    if (!to) spoken.value = by > 0 ? 'Dernière colonne.' : 'Première colonne.'
    else if (to.key === at.key) {
      forgetAim()
      spoken.value = `${nameOf(card)}\u00A0: reste ${within(at.title)}.`
    } else {
      aimed.value = { card, to }
      spoken.value = `${nameOf(card)}\u00A0: déplacer vers ${within(to.title)}, ${to.date}. Entrée pour voir les conséquences, Échap pour renoncer.`
    }
  }
  const step = (by: 1 | -1): void => {
    const id = focused()
    const cards = id ? (columnHolding(board, id)?.cards ?? []) : []
    const next = cards[cards.findIndex((card) => card.id === id) + by]
    if (next) focusCard(next.id)
  }
  return { aimed, forgetAim, aim, step }
}

/** Moving a card by the pointer, by its menu or by the arrow keys: all three lead to the dialog that tells what follows. */
export function useBoardMoves(board: Board): BoardMoves {
  const moving = shallowRef<{ card: BoardCard; start: string | undefined }>()
  const isOpen = ref(false)
  const spoken = ref('')
  const { aimed, forgetAim, aim, step } = useAim(board, spoken)
  const ask: Ask = (card, to) => {
    const start = to && clockOnDay(parisClock(new Date(card.expectedDischargeAt)), to.day)
    moving.value = { card, start }
    forgetAim()
    isOpen.value = true
  }
  const onCard = (): boolean => focused() !== undefined
  const isAiming = (): boolean => aimed.value !== undefined && onCard()
  const give = (): void => {
    forgetAim()
    spoken.value = 'Déplacement abandonné.'
  }
  const openAimed = (): void => {
    if (aimed.value) ask(aimed.value.card, aimed.value.to)
  }
  useShortcuts('Sorties', [
    { keys: 'ArrowRight', label: 'Viser le jour suivant pour la sortie', when: onCard, run: () => aim(1) },
    { keys: 'ArrowLeft', label: 'Viser le jour précédent', when: onCard, run: () => aim(-1) },
    { keys: 'Enter', label: 'Voir les conséquences du déplacement visé', when: isAiming, run: openAimed },
    { keys: 'Escape', when: isAiming, run: give },
    { keys: ['ArrowDown', 'j'], label: 'Sortie suivante du jour', when: onCard, run: () => step(1) },
    { keys: ['ArrowUp', 'k'], label: 'Sortie précédente du jour', when: onCard, run: () => step(-1) },
  ])
  const done = async (): Promise<void> => {
    const id = moving.value?.card.id
    await board.refresh()
    await nextTick()
    const at = id && columnHolding(board, id)
    if (!at) return
    spoken.value = `Sortie déplacée\u00A0: ${within(at.title)}.`
    focusCard(id)
  }
  return { moving, isOpen, aimed, spoken, ask, forgetAim, done, ...useDragging(board, ask) }
}
