import { UnreadMessages } from '@maillage/contracts/coordination/messages'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { computed } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/use-load.ts'

export interface Unread {
  /** How many messages of the other side wait in this case. */
  countOf: (id: CaseId) => number
  total: Readonly<{ value: number }>
}

/** The messages that wait to be read, for the badges of a list; followed as they come. */
export function useUnread(): Unread {
  const http = useHttp()
  const { data, reload } = useLoad((signal) => http.get('/messages/unread', UnreadMessages, { signal }))
  const counts = computed(() => new Map((data.value?.items ?? []).map(({ caseId, count }) => [caseId, count])))
  useLive((news) => {
    if (news.what === 'case' || news.what === 'reset') void reload()
  })
  return {
    countOf: (id) => counts.value.get(id) ?? 0,
    total: computed(() => [...counts.value.values()].reduce((sum, count) => sum + count, 0)),
  }
}
