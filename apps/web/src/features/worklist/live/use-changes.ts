import { CaseId } from '@maillage/contracts/kit/ids'
import { computed, onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useHttp } from '../../../platform/http.ts'
import { useLive } from '../../../platform/live.ts'
import type { Filters } from '../filters/worklist-filters.ts'
import type { Worklist } from '../list/use-worklist.ts'
import { worklistApi } from '../worklist.api.ts'
import { type Changes, changesIn, merged } from './changes.ts'

export interface LiveChanges {
  /** How many rows would change, once asked for. */
  count: Readonly<Ref<number>>
  /** What the rows shown have of news, until the next time. */
  marks: Readonly<ShallowRef<Changes>>
  /** No network: what is shown is as old as `readAt`. */
  isOffline: Readonly<Ref<boolean>>
  show: () => Promise<void>
}

const gatherMs = 400
const most = 200

/** What others do to the rows of the list: told, and shown when asked for. Nothing moves meanwhile. */
export function useChanges(filters: Readonly<Ref<Filters>>, list: Worklist): LiveChanges {
  const api = worklistApi(useHttp())
  const pending = shallowRef<Changes>(new Map())
  const marks = shallowRef<Changes>(new Map())
  const wasReset = ref(false)
  const heard = new Set<CaseId>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async (): Promise<void> => {
    timer = undefined
    const asked = [...heard].slice(0, most)
    if (asked.length === 0) return
    for (const id of asked) heard.delete(id)
    const wanted = filters.value
    const { items } = await api.rows(wanted, asked).catch(() => ({ items: undefined }))
    // It only tells: what could not be read now is seen with the next news, or on reading anew.
    if (!items || filters.value !== wanted) return
    pending.value = merged(pending.value, changesIn(list.items.value, asked, items))
    if (heard.size > 0) listenOn()
  }
  const listenOn = (): void => {
    timer ??= setTimeout(() => void look(), gatherMs * (0.5 + Math.random()))
  }
  const live = useLive((news) => {
    if (news.what === 'reset') wasReset.value = true
    if (news.what !== 'case' || news.own) return
    heard.add(CaseId.parse(news.id))
    listenOn()
  })
  const forget = (): void => {
    pending.value = new Map()
    wasReset.value = false
    heard.clear()
    clearTimeout(timer)
    timer = undefined
  }
  watch(filters, () => {
    forget()
    marks.value = new Map()
  })
  onScopeDispose(() => clearTimeout(timer))
  const show = async (): Promise<void> => {
    const shown = pending.value
    forget()
    await list.refresh()
    marks.value = shown
  }
  return {
    count: computed(() => pending.value.size + (wasReset.value && pending.value.size === 0 ? 1 : 0)),
    marks,
    isOffline: computed(() => live.status.value === 'offline'),
    show,
  }
}
