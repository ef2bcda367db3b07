import type { draftForms } from '@maillage/contracts/drafts'
import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { useDraft } from './use-draft.ts'

type Content = Record<string, unknown>

export interface DraftOf {
  /** When what is on screen was last kept; undefined while nothing of it differs from what is recorded. */
  savedAt: ComputedRef<Date | undefined>
  unsaved: Readonly<Ref<boolean>>
  /** What was typed about this very thing and not sent; keeping begins after that. Call it once the form has its key. */
  restore: () => Promise<Content | undefined>
  /** After the form was sent, or its words were given up: what is kept about the others stays. */
  drop: () => Promise<void>
}

const isContent = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * One form for many things (a partner's card, an agreement): a single draft holds what is being typed about each, by its
 * key. `typed` is undefined while nothing differs from what is recorded: that is no draft.
 */
export function useDraftOf(
  form: (typeof draftForms)[number],
  key: () => string,
  typed: () => Content | undefined,
): DraftOf {
  let others: Content = {}
  const isOver = ref(false)
  const own = (): Content | undefined => (isOver.value ? undefined : typed())
  const kept = useDraft(form, () => {
    const mine = own()
    return mine ? { ...others, [key()]: mine } : { ...others }
  })

  const restore = async (): Promise<Content | undefined> => {
    const at = key()
    isOver.value = false
    const { [at]: mine, ...rest } = (await kept.restore()) ?? {}
    others = rest
    return isContent(mine) ? mine : undefined
  }
  const drop = async (): Promise<void> => {
    isOver.value = true
    await (Object.keys(others).length > 0 ? kept.keep() : kept.drop())
  }
  return { savedAt: computed(() => (own() ? kept.savedAt.value : undefined)), unsaved: kept.unsaved, restore, drop }
}
