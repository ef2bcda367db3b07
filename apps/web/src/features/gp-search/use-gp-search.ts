import type { GpSearch, GpSearchStatus } from '@maillage/contracts/gp-search'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { type ComputedRef, computed, type Ref } from 'vue'
import { type SplitActs, splitActs } from '../../kernel/acts/case-acts.ts'
import { type Moves, useMoves } from '../../kernel/acts/use-moves.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { proposeAct } from '../../kernel/proposals/propose-act.ts'
import { type Choosing, useCandidates } from '../../kernel/proposals/use-candidates.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { useOpenGpSearch } from './gp-search.api.ts'
import { gpSearchMoves, movesOf } from './gp-search-moves.ts'
import { gpSearchNeed } from './gp-search-need.ts'
import { useStillSearching } from './use-still-searching.ts'

/** The acts that move a search on, the preferred one first, where the server allows several. */
const nextActs: Partial<Record<GpSearchStatus, readonly string[]>> = {
  draft: ['submit'],
  submitted: ['qualify'],
  info_requested: ['provide-info'],
  eligible: ['propose'],
  on_hold: ['resume'],
  visit_booked: ['declare'],
  closed: ['reopen'],
}

function nextActsOf({ status, toldAt, priority }: GpSearch): readonly string[] {
  if (status === 'matched') return [toldAt ? 'book-visit' : 'tell-patient']
  // Somebody else may be asked while the first has not answered, for those who can wait least.
  if (status === 'proposing') return priority.band === 'P1' ? ['propose'] : []
  return nextActs[status] ?? []
}

export interface GpSearchPage {
  open: OpenCase<GpSearch>
  moves: Moves
  need: ComputedRef<CaseNeed | undefined>
  acts: ComputedRef<SplitActs>
  choosing: Choosing
  /** Somebody may be proposed now. */
  isProposable: ComputedRef<boolean>
}

/** Everything the page of a search shows and does. */
export function useGpSearch(id: Readonly<Ref<CaseId>>, onChanged: () => void): GpSearchPage {
  const open = useOpenGpSearch(id, onChanged)
  const search = open.load.data
  const specs = computed(() => (search.value ? movesOf(search.value) : gpSearchMoves))
  const moves = useMoves(open, specs)
  const isProposable = computed(() => search.value?.status === 'eligible' || search.value?.status === 'proposing')
  const choosing = useCandidates(open, isProposable)
  const stillSearching = useStillSearching(open)
  const acts = computed(() => {
    const all = isProposable.value ? [...proposeAct(choosing), ...moves.acts.value] : moves.acts.value
    return splitActs([...all, ...stillSearching.value], search.value ? nextActsOf(search.value) : [])
  })
  const need = computed(() => open.load.data.value && gpSearchNeed(open.load.data.value))
  return { open, moves, acts, need, choosing, isProposable }
}
