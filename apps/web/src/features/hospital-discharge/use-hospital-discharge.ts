import type { HospitalDischarge, HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed, type Ref, ref, shallowRef } from 'vue'
import { actsOf, type CaseAct, type SplitActs, splitActs } from '../../kernel/acts/case-acts.ts'
import type { MoveSpec } from '../../kernel/acts/move-fields.ts'
import { type Moves, useMoves } from '../../kernel/acts/use-moves.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { proposeAct } from '../../kernel/proposals/propose-act.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { needLabel } from '../../kernel/words/need-words.ts'
import { useDischargeCalls, useOpenHospitalDischarge } from './hospital-discharge.api.ts'
import { hospitalDischargeMoves, rescheduleSpec } from './hospital-discharge-moves.ts'
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

export interface DateChange {
  spec: ComputedRef<MoveSpec | undefined>
  isOpen: Ref<boolean>
  send: (body: Record<string, unknown>) => Promise<boolean>
}

export interface HospitalDischargePage {
  open: OpenCase<HospitalDischarge>
  moves: Moves
  need: ComputedRef<CaseNeed | undefined>
  acts: ComputedRef<SplitActs>
  needs: DischargeNeeds
  date: DateChange
}

function useDateChange(open: OpenCase<HospitalDischarge>): DateChange & { acts: ComputedRef<CaseAct[]> } {
  const calls = useDischargeCalls(open)
  const toast = useToast()
  const isOpen = ref(false)
  const spec = computed(() => (open.load.data.value ? rescheduleSpec(open.load.data.value) : undefined))
  const ask = (): void => {
    open.forget()
    isOpen.value = true
  }
  const acts = computed(() =>
    spec.value ? actsOf(open.load.data.value?.allowedActions ?? [], { reschedule: spec.value }, ask) : [],
  )
  const send = async (body: Record<string, unknown>): Promise<boolean> => {
    const done = await calls.reschedule(body)
    if (done) toast.add({ title: 'Date de sortie changée', icon: 'i-lucide-check', color: 'success' })
    return done
  }
  return { spec, isOpen, send, acts }
}

/** Everything the page of a discharge shows and does. */
export function useHospitalDischarge(id: Readonly<Ref<CaseId>>, onChanged: () => void): HospitalDischargePage {
  const open = useOpenHospitalDischarge(id, onChanged)
  const moves = useMoves(open, shallowRef(hospitalDischargeMoves))
  const needs = useDischargeNeeds(open, ({ type }) => needLabel(type))
  const { acts: dateActs, ...date } = useDateChange(open)
  const acts = computed(() => {
    const proposing = needs.isProposable.value ? proposeAct(needs.choosing) : []
    const status = open.load.data.value?.status
    return splitActs(
      [...proposing, ...moves.acts.value.slice(0, -1), ...dateActs.value, ...moves.acts.value.slice(-1)],
      status ? (nextActs[status] ?? []) : [],
    )
  })
  const need = computed(() => open.load.data.value && hospitalDischargeNeed(open.load.data.value))
  return { open, moves, acts, need, needs, date }
}
