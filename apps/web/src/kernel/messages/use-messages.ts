import { MessageThread } from '@maillage/contracts/coordination/messages'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { type Ref, ref, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { useLive } from '../../platform/live.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'
import { useDraft } from '../fields/use-draft.ts'

export interface Messages {
  load: Load<MessageThread>
  act: Act
  text: Ref<string>
  unsaved: Readonly<Ref<boolean>>
  /** From which message on it is new to this reader: kept while the page is open, so that the mark does not flee. */
  newFrom: Readonly<Ref<string | undefined>>
  send: () => Promise<void>
  /** The thread was looked at: its last message is read. */
  markRead: () => Promise<void>
}

/** What is being written, among the drafts of all the cases. */
function useMessageDraft(caseId: CaseId) {
  const text = ref('')
  let others: Record<string, unknown> = {}
  const kept = useDraft('case-messages', () =>
    text.value.trim() ? { ...others, [caseId]: text.value } : { ...others },
  )
  const restore = async (): Promise<void> => {
    const { [caseId]: mine, ...rest } = (await kept.restore()) ?? {}
    others = rest
    // What was typed while it was read is newer.
    if (text.value === '' && typeof mine === 'string') text.value = mine
  }
  void restore()
  return { text, unsaved: kept.unsaved }
}

/** The messages of a case between a ward or a requester and the coordination; they come in while the page is open. */
export function useMessages(caseId: CaseId): Messages {
  const http = useHttp()
  const act = useAct()
  const path = `/cases/${caseId}/messages`
  const load = useLoad((signal) => http.get(path, MessageThread, { signal }))
  const { text, unsaved } = useMessageDraft(caseId)
  const newFrom = ref<string>()
  let idempotencyKey = crypto.randomUUID()
  useLive((news) => {
    if (news.what === 'reset' || (news.what === 'case' && news.id === caseId)) void load.reload()
  })
  watch(load.data, (thread) => {
    newFrom.value ??= thread?.items.find(({ isRead, isOwn }) => !isRead && !isOwn)?.id
  })
  const markRead = async (): Promise<void> => {
    const last = load.data.value?.items.at(-1)
    if (!last || load.data.value?.unread === 0) return
    // Reading is no act of its own: a failure leaves it unread, and the next look tries again.
    const thread = await http.put(`${path}/reading`, { upTo: last.id }, MessageThread).catch(() => undefined)
    if (thread) load.replace(thread)
  }
  const send = async (): Promise<void> => {
    if (text.value.trim() === '') return
    const thread = await act.run(() => http.post(path, { text: text.value }, MessageThread, { idempotencyKey }))
    if (!thread) return
    idempotencyKey = crypto.randomUUID()
    text.value = ''
    newFrom.value = undefined
    load.replace(thread)
  }
  return { load, act, text, unsaved, newFrom, send, markRead }
}
