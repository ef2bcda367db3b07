import type { WorklistItem } from '@maillage/contracts/worklist'
import type { Ref } from 'vue'
import { type Shortcut, useShortcuts } from '../../platform/keys.ts'

/** The table, as far as the keys move in it. */
export interface KeyTable {
  current: () => WorklistItem | undefined
  at: () => number
  page: () => number
  moveTo: (index: number) => boolean
}

export interface ListKeys {
  table: Readonly<Ref<KeyTable | null>>
  length: () => number
  isOpen: () => boolean
  hasSelection: () => boolean
  /** The row under the keys changed. */
  moved: () => void
  peek: (item: WorklistItem | undefined) => boolean
  select: (item: WorklistItem | undefined, range: boolean) => boolean
  search: () => unknown
  filter: () => unknown
  /** Closes what stands open: the selection first, then the pane. */
  escape: () => boolean
}

/** On the row itself only: on a button or a tick box, Space and the arrows are its own. */
const onRow = (): boolean => document.activeElement?.closest('a')?.closest('tr[data-index]') != null
/** Nowhere in particular: the page was just opened, or a dialog closed. */
const onNothing = (): boolean => document.activeElement === document.body || document.activeElement?.tagName === 'H1'

const showing = (label: string, keys: string, { peek, table, isOpen }: ListKeys): Shortcut => ({
  keys,
  label,
  // Once the case is open beside, the key is its own.
  when: () => !isOpen(),
  run: () => peek(table.value?.current()),
})

/** The keys of the list; the case open beside it has its own, which come first. */
export function useListKeys(list: ListKeys): void {
  const { table, moved } = list
  const go = (to: (at: number, page: number) => number) => (): boolean => {
    if (!table.value) return false
    table.value.moveTo(to(table.value.at(), table.value.page()))
    moved()
    return true
  }
  const inList = (): boolean => onRow() || onNothing()
  useShortcuts('File active', [
    { keys: ['j'], label: 'dossier suivant', run: go((at) => at + 1) },
    { keys: ['k'], label: 'dossier précédent', run: go((at) => at - 1) },
    { keys: 'ArrowDown', when: inList, run: go((at) => at + 1) },
    { keys: 'ArrowUp', when: inList, run: go((at) => at - 1) },
    { keys: 'PageDown', when: inList, run: go((at, page) => at + page) },
    { keys: 'PageUp', when: inList, run: go((at, page) => at - page) },
    { keys: 'Home', label: 'premier dossier', when: inList, run: go(() => 0) },
    { keys: 'End', label: 'dernier dossier chargé', when: inList, run: go(() => list.length() - 1) },
    { keys: 'o', label: 'lire à côté', run: () => list.peek(table.value?.current()) },
    { keys: ' ', when: onRow, run: () => list.peek(table.value?.current()) },
    { keys: 'x', label: 'sélectionner', run: () => list.select(table.value?.current(), false) },
    { keys: 'shift+x', label: 'sélectionner jusqu’ici', run: () => list.select(table.value?.current(), true) },
    showing('proposer', 'a', list),
    showing('trier', 't', list),
    showing('noter un appel', 'l', list),
    { keys: 'f', label: 'filtrer', run: list.filter },
    { keys: '/', label: 'chercher', run: list.search },
    { keys: 'Escape', label: 'fermer', when: () => list.hasSelection() || list.isOpen(), run: list.escape },
  ])
}
