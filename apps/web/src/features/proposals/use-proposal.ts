import type { OwnProposal } from '@maillage/contracts/proposals'
import { type ComputedRef, computed, type Ref, ref, type ShallowRef } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { useLive } from '../../platform/live.ts'
import type { Explanation } from '../../platform/problem-text.ts'
import { useAct } from '../../platform/use-act.ts'
import { useLoad } from '../../platform/use-load.ts'
import { instantOfParis } from '../../ui/words/paris-time.ts'
import { type Decline, proposalsApi } from './proposals.api.ts'

export interface ProposalScreen {
  proposal: Readonly<ShallowRef<OwnProposal | undefined>>
  failure: Readonly<ShallowRef<Explanation | undefined>>
  reload: () => Promise<void>
  busy: Readonly<Ref<boolean>>
  refusal: Readonly<ShallowRef<Explanation | undefined>>
  /** The date that accepting needs, as a clock of Paris. */
  clock: Ref<string>
  clockFault: Ref<string | undefined>
  needsDate: ComputedRef<boolean>
  /** Just accepted on this screen: « Annuler » stands in the green bar. */
  justAccepted: Ref<boolean>
  accept: () => Promise<boolean>
  decline: (answer: Decline) => Promise<boolean>
  release: (reason: string, text?: string) => Promise<boolean>
  reconfirm: (answer: 'confirmed' | 'released') => Promise<boolean>
}

/** One proposal on its page: read, answered, followed. */
export function useProposal(id: () => string): ProposalScreen {
  const api = proposalsApi(useHttp())
  const { data, failure, reload, replace } = useLoad((signal) => api.read(id(), signal), id)
  const { busy, failure: refusal, problem, run } = useAct()
  // Withdrawn, answered elsewhere, moved: what is on screen stays true. An answer under way brings its own.
  useLive((news) => {
    const concerns = news.what === 'reset' || (news.what === 'proposal' && news.id === id())
    if (!concerns || busy.value) return
    if (news.what === 'reset' || (news.version ?? 0) > (data.value?.version ?? 0)) void reload()
  })
  const clock = ref('')
  const clockFault = ref<string>()
  const justAccepted = ref(false)
  // Kept while the page is open: pressing twice, or again after a silence, accepts once.
  const idempotencyKey = crypto.randomUUID()
  const needsDate = computed(() => (data.value?.requires.length ?? 0) > 0)

  const settle = async (write: (proposal: OwnProposal) => Promise<OwnProposal>): Promise<boolean> => {
    const proposal = data.value
    if (!proposal) return false
    const answer = await run(() => write(proposal))
    if (answer) replace(answer)
    // Somebody was faster, or it changed: what is on screen becomes true again, and the refusal stays said.
    else if (problem.value?.status === 409) await reload()
    return answer !== undefined
  }
  const accept = async (): Promise<boolean> => {
    const at = instantOfParis(clock.value)
    clockFault.value = needsDate.value && !at ? 'Choisissez le jour et l’heure, puis acceptez.' : undefined
    if (clockFault.value) return false
    const dates = Object.fromEntries((data.value?.requires ?? []).map((field) => [field, at?.toISOString()]))
    justAccepted.value = await settle((proposal) => api.accept(proposal, dates, idempotencyKey))
    return justAccepted.value
  }
  const release = async (reason: string, text?: string): Promise<boolean> => {
    justAccepted.value = false
    return await settle((proposal) => api.release(proposal, reason, text))
  }
  return {
    proposal: data,
    failure,
    reload,
    busy,
    refusal,
    clock,
    clockFault,
    needsDate,
    justAccepted,
    accept,
    decline: (answer) => settle((proposal) => api.decline(proposal, answer)),
    release,
    reconfirm: (answer) =>
      settle((proposal) => api.reconfirm(proposal, answer, instantOfParis(clock.value)?.toISOString())),
  }
}
