import type { WorklistItem } from '@maillage/contracts/worklist'
import { onBeforeUnmount, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { paths } from '../../platform/paths.ts'
import type { Address } from './filters/use-address.ts'

interface PaneTable {
  current: () => WorklistItem | undefined
  focus: () => void
}

export interface Pane {
  /** Opens the case on its own page. */
  page: (item: WorklistItem) => void
  /** Opens it beside the list; false when there is none. */
  peek: (item: WorklistItem | undefined) => boolean
  /** The case open beside follows the row under the keys. */
  follow: () => void
  close: () => Promise<void>
}

// Once the key rests: held down, it would read thirty cases a second.
const rest = 150

/** The case beside the list. */
export function usePane(
  { open, openCase }: Pick<Address, 'open' | 'openCase'>,
  table: Readonly<Ref<PaneTable | null>>,
  beside: Readonly<Ref<boolean>>,
): Pane {
  const router = useRouter()
  let following: ReturnType<typeof setTimeout> | undefined
  const follow = (): void => {
    clearTimeout(following)
    if (!open.value || !beside.value) return
    following = setTimeout(() => {
      const item = table.value?.current()
      if (open.value && item && item.reference !== open.value) void openCase(item.reference)
    }, rest)
  }
  onBeforeUnmount(() => clearTimeout(following))
  return {
    page: (item) => void router.push(paths.case(item.reference)),
    peek: (item) => {
      if (item) void openCase(item.reference)
      return item !== undefined
    },
    follow,
    close: async () => {
      await openCase(undefined)
      table.value?.focus()
    },
  }
}
