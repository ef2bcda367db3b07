import type { HospitalDischarge, HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { actsOf, type SplitActs, splitActs } from '../../kernel/acts/case-acts.ts'
import { type Moves, useMoves } from '../../kernel/acts/use-moves.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { proposeAct } from '../../kernel/proposals/propose-act.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { needLabel } from '../../kernel/words/need-words.ts'
import { useOpenHospitalDischarge } from './hospital-discharge.api.ts'
import { hospitalDischargeMoves, nursesOf, rescheduleSpec } from './hospital-discharge-moves.ts'
import { hospitalDischargeNeed } from './hospital-discharge-need.ts'
import { type DischargeNeeds, useDischargeNeeds } from './use-discharge-needs.ts'

/** The acts that move a discharge on, the preferred one first. */
const nextActs: Partial<Record<HospitalDischargeStatus, readonly string[]>> = {
  submitted: ['acknowledge'],
  acknowledged: ['start'],
  coordinating: ['propose'],
  partially_covered: ['propose'],
  discharged: ['follow-up'],
}

export interface HospitalDischargePage {
  open: OpenCase<HospitalDischarge>
  moves: Moves
  need: ComputedRef<CaseNeed | undefined>
  acts: ComputedRef<SplitActs>
  needs: DischargeNeeds
  /** The dialog of another date is open: it tells the consequences first. */
  isMovingDate: Ref<boolean>
}

function useDateChange(open: OpenCase<HospitalDischarge>) {
  const isMovingDate = ref(false)
  const ask = (): void => {
    open.forget()
    isMovingDate.value = true
  }
  const acts = computed(() => actsOf(open.load.data.value?.allowedActions ?? [], { reschedule: rescheduleSpec }, ask))
  return { isMovingDate, acts }
}

/** Everything the page of a discharge shows and does. */
export function useHospitalDischarge(id: Readonly<Ref<CaseId>>, onChanged: () => void): HospitalDischargePage {
  const open = useOpenHospitalDischarge(id, onChanged)
  const specs = computed(() => hospitalDischargeMoves(open.load.data.value ? nursesOf(open.load.data.value) : []))
  const moves = useMoves(open, specs)
  const needs = useDischargeNeeds(open, ({ type }) => needLabel(type))
  const { acts: dateActs, isMovingDate } = useDateChange(open)
  const acts = computed(() => {
    const proposing = needs.isProposable.value ? proposeAct(needs.choosing) : []
    const status = open.load.data.value?.status
    return splitActs(
      [...proposing, ...moves.acts.value.slice(0, -1), ...dateActs.value, ...moves.acts.value.slice(-1)],
      status ? (nextActs[status] ?? []) : [],
    )
  })
  const need = computed(() => open.load.data.value && hospitalDischargeNeed(open.load.data.value))
  return { open, moves, acts, need, needs, isMovingDate }
}
