import type { Need } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed, type Ref, ref, shallowRef } from 'vue'
import { actsOf, type CaseAct, type SplitActs, splitActs } from '../../../kernel/acts/case-acts.ts'
import type { MoveSpec } from '../../../kernel/acts/move-fields.ts'
import { type Moves, useMoves } from '../../../kernel/acts/use-moves.ts'
import type { OpenCase } from '../../../kernel/use-case.ts'
import { needLabel } from '../../../kernel/words/need-words.ts'
import { type DischargeCalls, useDischargeCalls, useOpenHospitalDischarge } from '../hospital-discharge.api.ts'
import { hospitalDischargeMoves, needMoves } from '../hospital-discharge-moves.ts'
import { cancelConsequences } from './ward-words.ts'

export interface NeedActs {
  actsOn: (need: Need) => CaseAct[]
  asked: Readonly<Ref<MoveSpec | undefined>>
  subject: Ref<string>
  isOpen: Ref<boolean>
  send: (body: Record<string, unknown>) => Promise<boolean>
}

export interface WardDischarge {
  open: OpenCase<HospitalDischarge>
  calls: DischargeCalls
  moves: Moves
  acts: ComputedRef<SplitActs>
  needs: NeedActs
  /** The two acts that have a dialog of their own. */
  isLeaving: Ref<boolean>
  isMovingDate: Ref<boolean>
}

/** What the ward does with one need by hand: covered otherwise, useless, looked for again. */
function useNeedActs(open: OpenCase<HospitalDischarge>, calls: DischargeCalls): NeedActs {
  const toast = useToast()
  const asked = shallowRef<MoveSpec>()
  const about = shallowRef<{ need: Need; action: string }>()
  const subject = ref('')
  const isOpen = ref(false)
  const run = (need: Need, action: string, spec: MoveSpec): void => {
    open.forget()
    about.value = { need, action }
    subject.value = needLabel(need.type)
    asked.value = spec
    isOpen.value = true
  }
  const actsOn = (need: Need): CaseAct[] =>
    actsOf(need.allowedActions, needMoves(need), (action, spec) => run(need, action, spec)).filter(
      ({ refusedBecause }) => refusedBecause === undefined,
    )
  const send = async (body: Record<string, unknown>): Promise<boolean> => {
    if (!about.value || !asked.value) return false
    const done = await calls.moveNeed(about.value.need.id, { ...body, action: about.value.action })
    if (done) toast.add({ title: asked.value.done, icon: 'i-lucide-check', color: 'success' })
    return done
  }
  return { actsOn, asked, subject, isOpen, send }
}

const discharging: MoveSpec = { label: 'Confirmer la sortie', done: 'Sortie confirmée', fields: [] }
const rescheduling: MoveSpec = { label: 'Changer la date', done: 'Date changée', fields: [] }

/** A discharge as its own ward follows it. */
export function useWardDischarge(id: Readonly<Ref<CaseId>>): WardDischarge {
  const open = useOpenHospitalDischarge(id, () => undefined)
  const calls = useDischargeCalls(open)
  const isLeaving = ref(false)
  const isMovingDate = ref(false)
  const specs = computed(() => {
    const discharge = open.load.data.value
    const { submit, cancel, 'provide-info': provide } = hospitalDischargeMoves()
    const told = cancel && discharge ? { ...cancel, explain: cancelConsequences(discharge) } : cancel
    const given = provide && { ...provide, label: 'Compléter', done: 'Envoyé à la coordination' }
    const table: Record<string, MoveSpec> = {}
    if (submit) table.submit = { ...submit, label: 'Envoyer à la coordination', done: 'Sortie envoyée' }
    if (given) table['provide-info'] = given
    if (told) table.cancel = told
    return table
  })
  const moves = useMoves(open, specs)
  const acts = computed(() => {
    const allowed = open.load.data.value?.allowedActions ?? []
    const own = actsOf(allowed, { discharge: discharging, reschedule: rescheduling }, (action) => {
      open.forget()
      if (action === 'discharge') isLeaving.value = true
      else isMovingDate.value = true
    })
    const isLate = open.load.data.value?.escalatedAt !== null
    const wanted = ['submit', 'provide-info', ...(isLate ? ['reschedule'] : []), 'discharge']
    return splitActs([...own, ...moves.acts.value], wanted)
  })
  return { open, calls, moves, acts, needs: useNeedActs(open, calls), isLeaving, isMovingDate }
}
