import type { Need } from '@maillage/contracts/discharge-needs'
import { needProfessions } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { NeedId } from '@maillage/contracts/kit/ids'
import type { Proposal } from '@maillage/contracts/proposals'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed, type Ref, ref, shallowRef } from 'vue'
import { actsOf, type CaseAct } from '../../kernel/acts/case-acts.ts'
import type { MoveSpec } from '../../kernel/acts/move-fields.ts'
import { type Choosing, useCandidates } from '../../kernel/proposals/use-candidates.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { useDischargeCalls } from './hospital-discharge.api.ts'
import { needMoves } from './hospital-discharge-moves.ts'

export interface DischargeNeeds {
  /** The need whose candidates and proposals are shown. */
  chosen: ComputedRef<Need | undefined>
  choose: (id: NeedId) => void
  choosing: Choosing
  isProposable: ComputedRef<boolean>
  proposals: ComputedRef<Proposal[]>
  actsOn: (need: Need) => CaseAct[]
  asked: Readonly<Ref<MoveSpec | undefined>>
  subject: Ref<string>
  isOpen: Readonly<Ref<boolean>>
  /** Opens or closes the dialog of the act that was asked for. */
  show: (isOpen: boolean) => void
  send: (body: Record<string, unknown>) => Promise<boolean>
}

const isUncovered = ({ status }: Need): boolean => status === 'open' || status === 'unmet'
const proposableStatuses: readonly string[] = ['acknowledged', 'coordinating', 'partially_covered', 'covered']

/** The needs of a discharge: which one is looked at, who could answer it, and what is done about it by hand. */
export function useDischargeNeeds(open: OpenCase<HospitalDischarge>, labelOf: (need: Need) => string): DischargeNeeds {
  const calls = useDischargeCalls(open)
  const toast = useToast()
  const asked = shallowRef<MoveSpec>()
  const about = shallowRef<{ need: Need; action: string }>()
  const subject = ref('')
  const isOpen = ref(false)
  const pick = ref<NeedId>()
  const discharge = open.load.data

  const needs = computed(() => discharge.value?.needs ?? [])
  const chosen = computed(
    () => needs.value.find(({ id }) => id === pick.value) ?? needs.value.find(isUncovered) ?? needs.value[0],
  )
  const isProposable = computed(() => {
    const need = chosen.value
    if (!need || !discharge.value || needProfessions[need.type] === null) return false
    return isUncovered(need) && proposableStatuses.includes(discharge.value.status)
  })
  const choosing = useCandidates(
    open,
    isProposable,
    computed(() => chosen.value?.id),
  )
  const proposals = computed(() =>
    (discharge.value?.proposals ?? []).filter(({ needId }) => needId === chosen.value?.id),
  )
  const run = (need: Need, action: string, spec: MoveSpec): void => {
    open.forget()
    about.value = { need, action }
    subject.value = labelOf(need)
    asked.value = spec
    isOpen.value = true
  }
  const actsOn = (need: Need): CaseAct[] =>
    actsOf(need.allowedActions, needMoves(need), (action, spec) => run(need, action, spec))
  const send = async (body: Record<string, unknown>): Promise<boolean> => {
    if (!about.value || !asked.value) return false
    const done = await calls.moveNeed(about.value.need.id, { ...body, action: about.value.action })
    if (done) toast.add({ title: asked.value.done, icon: 'i-lucide-check', color: 'success' })
    return done
  }
  const choose = (id: NeedId): void => {
    pick.value = id
  }
  const show = (shown: boolean): void => {
    isOpen.value = shown
  }
  return { chosen, choose, choosing, isProposable, proposals, actsOn, asked, subject, isOpen, show, send }
}
