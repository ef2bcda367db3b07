import type { CaseHeader } from '@maillage/contracts/cases'
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { useLive } from '../../platform/live.ts'
import { useSession } from '../../platform/session.ts'
import { timeInWords } from '../../ui/words/dates.ts'
import type { Story } from '../story/use-story.ts'
import { storyLine } from '../words/timeline-words.ts'
import { addedByOthers } from './reading-words.ts'

export interface CaseNews {
  /** « Samira Haddad a ajouté une note à 10:38 ». */
  text: Readonly<ShallowRef<string | undefined>>
  /** How many other lines came with it. */
  more: Readonly<ShallowRef<number>>
  dismiss: () => void
}

/** The story is read with the case; a change that leaves no line that we may read is told after this long. */
const unsaidMs = 2500
const gatherMs = 50

/** What somebody else just did to the case being read, from its story. */
export function useCaseNews<T extends CaseHeader>(
  header: () => T,
  story: Pick<Story, 'load'>,
  reasonLabels: () => Readonly<Record<string, string>>,
): CaseNews {
  const session = useSession()
  const text = shallowRef<string>()
  const more = shallowRef(0)
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }
  const forget = (): void => {
    text.value = undefined
    more.value = 0
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }
  watch(() => header().id, forget)
  onScopeDispose(forget)

  watch(story.load.data, (now, before) => {
    if (!now || !before) return
    const [newest, ...others] = addedByOthers(before.entries, now.entries, session.account?.displayName)
    if (!newest) return
    const { what } = storyLine(header().kind, newest, reasonLabels())
    text.value = `${newest.by} ${what} à ${timeInWords(new Date(newest.at))}`
    more.value = others.length
  })
  useLive((news) => {
    const isReset = news.what === 'reset'
    if (!isReset && (news.what !== 'case' || news.id !== header().id)) return
    const isTold = !isReset && (story.load.data.value?.entries ?? []).some(({ id }) => id === news.entry)
    // The story reads itself anew with the version; a note moves none.
    if (!isTold) later(gatherMs, () => void story.load.reload())
    if (isReset || news.own || (news.version ?? 0) <= header().version) return
    const said = text.value
    later(unsaidMs, () => {
      if (text.value === said) text.value = `Ce dossier a été mis à jour à ${timeInWords(new Date())}`
    })
  })
  return { text, more, dismiss: forget }
}
