import type { CaseId } from '@maillage/contracts/kit/ids'
import type { UnscheduledCare, UnscheduledCareStatus } from '@maillage/contracts/unscheduled-care'
import { type ComputedRef, computed, type Ref } from 'vue'
import type { CaseAct } from '../../kernel/acts/case-acts.ts'
import { type SplitActs, splitActs } from '../../kernel/acts/case-acts.ts'
import { type Moves, useMoves } from '../../kernel/acts/use-moves.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { proposeAct } from '../../kernel/proposals/propose-act.ts'
import { type Choosing, useCandidates } from '../../kernel/proposals/use-candidates.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { useLinkedGpSearch, useOpenUnscheduledCare } from './unscheduled-care.api.ts'
import { unscheduledCareMoves } from './unscheduled-care-moves.ts'
import { unscheduledCareNeed } from './unscheduled-care-need.ts'
import { type CareSlots, useCareSlots } from './use-care-slots.ts'

/** The acts that move a request on, the preferred one first. */
const nextActs: Partial<Record<UnscheduledCareStatus, readonly string[]>> = {
  submitted: ['triage'],
  triaged: ['propose', 'book'],
  offering: ['book'],
  booked: ['attend'],
  no_show: ['retry'],
  attended: ['open-gp-search'],
}

export interface UnscheduledCarePage {
  open: OpenCase<UnscheduledCare>
  moves: Moves
  need: ComputedRef<CaseNeed | undefined>
  acts: ComputedRef<SplitActs>
  choosing: Choosing
  isProposable: ComputedRef<boolean>
  slots: CareSlots
}

/** Everything the page of a request shows and does. */
export function useUnscheduledCare(id: Readonly<Ref<CaseId>>, onChanged: () => void): UnscheduledCarePage {
  const open = useOpenUnscheduledCare(id, onChanged)
  const care = open.load.data
  const openSearch = useLinkedGpSearch(open)
  const isProposable = computed(() => care.value?.status === 'triaged' || care.value?.status === 'offering')
  const choosing = useCandidates(open, isProposable)
  const slots = useCareSlots(open, isProposable)
  const people = computed(() =>
    (choosing.load.data.value?.items ?? []).map(({ practitioner }) => ({
      value: practitioner.id,
      label: `${practitioner.displayName}, ${practitioner.municipality}`,
    })),
  )
  const moves = useMoves(
    open,
    computed(() => (care.value ? unscheduledCareMoves(care.value, people.value) : {})),
  )
  const suggested = computed<CaseAct[]>(() =>
    care.value?.suggestsGpSearch
      ? [{ key: 'open-gp-search', label: 'Chercher un médecin traitant', run: () => void openSearch() }]
      : [],
  )
  const acts = computed(() => {
    const proposing = isProposable.value ? proposeAct(choosing) : []
    const status = care.value?.status
    return splitActs([...proposing, ...suggested.value, ...moves.acts.value], status ? (nextActs[status] ?? []) : [])
  })
  const need = computed(() => open.load.data.value && unscheduledCareNeed(open.load.data.value))
  return { open, moves, acts, need, choosing, isProposable, slots }
}
