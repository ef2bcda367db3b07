import { nextTick, type Ref } from 'vue'

/**
 * For a list whose rows go once they are dealt with: the focus that went with a row is given to the one that took its
 * place, to the last when there is none, and to the title when the list is done. Without it, the keyboard begins again
 * at the top of the page after each line.
 */
export function useRowFocus(list: Readonly<Ref<HTMLElement | null>>): (deal: () => Promise<void>) => Promise<void> {
  const rows = (): HTMLElement[] => [...(list.value?.querySelectorAll<HTMLElement>(':scope > li') ?? [])]
  return async (deal) => {
    const at = rows().findIndex((row) => row.contains(document.activeElement))
    await deal()
    await nextTick()
    if (at === -1 || rows().some((row) => row.contains(document.activeElement))) return
    const left = rows()
    const row = left[Math.min(at, left.length - 1)]
    const next = row?.querySelector<HTMLElement>('button:not(:disabled), a[href]') ?? document.querySelector('h1')
    next?.focus()
  }
}
