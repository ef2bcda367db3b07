import { type Ref, ref } from 'vue'
import { useDraft } from '../fields/use-draft.ts'

export interface NoteDraft {
  text: Ref<string>
  savedAt: Readonly<Ref<Date | undefined>>
  unsaved: Readonly<Ref<boolean>>
}

/**
 * The note being written about a case, kept on the server like any unfinished form: one draft holds those of all the
 * cases, by their ids. An emptied note leaves it.
 */
export function useNoteDraft(caseId: string): NoteDraft {
  const text = ref('')
  let others: Record<string, unknown> = {}
  const kept = useDraft('case-notes', () => (text.value.trim() ? { ...others, [caseId]: text.value } : { ...others }))

  const restore = async (): Promise<void> => {
    const { [caseId]: mine, ...rest } = (await kept.restore()) ?? {}
    others = rest
    // What was typed while it was read is newer.
    if (text.value === '' && typeof mine === 'string') text.value = mine
  }
  void restore()
  return { text, savedAt: kept.savedAt, unsaved: kept.unsaved }
}
