import { ReschedulePreview } from '@maillage/contracts/discharges/discharge-board'
import { HospitalDischarge, type rescheduleReasons } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { type ComputedRef, computed, onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { ApiProblem, useHttp } from '../../../platform/http.ts'
import { type Explanation, explain } from '../../../platform/problem-text.ts'
import { type Act, useAct } from '../../../platform/use-act.ts'
import { instantOfParis } from '../../../ui/words/paris-time.ts'

type Reason = (typeof rescheduleReasons)[number]

export interface Reschedule {
  /** A clock of Paris. */
  to: Ref<string>
  reason: Ref<Reason | undefined>
  /** What the date on screen would do; undefined while it is being asked, or when it cannot be. */
  preview: Readonly<ShallowRef<ReschedulePreview | undefined>>
  previewFailure: Readonly<ShallowRef<Explanation | undefined>>
  isMoved: ComputedRef<boolean>
  isPast: Readonly<Ref<boolean>>
  /** Somebody changed the case meanwhile: the consequences on screen are those of now. */
  changed: Readonly<Ref<boolean>>
  act: Act
  send: () => Promise<boolean>
}

const pause = 250

/** Another date for a discharge: its consequences are asked as it is typed, and sent with the version they were told of. */
export function useReschedule(id: CaseId, before: string, start: string): Reschedule {
  const http = useHttp()
  const act = useAct()
  const to = ref(start)
  const reason = ref<Reason>()
  const preview = shallowRef<ReschedulePreview>()
  const previewFailure = shallowRef<Explanation>()
  const isPast = ref(false)
  const changed = ref(false)
  const isMoved = computed(() => to.value !== before && instantOfParis(to.value) !== undefined)
  let asked = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async (): Promise<void> => {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    const instant = instantOfParis(to.value)
    isPast.value = false
    previewFailure.value = undefined
    if (!isMoved.value || !instant) {
      preview.value = undefined
      return
    }
    try {
      const query = { expectedDischargeAt: instant.toISOString() }
      const told = await http.get(`/hospital-discharges/${id}/reschedule-preview`, ReschedulePreview, { query, signal })
      if (!signal.aborted) preview.value = told
    } catch (error) {
      if (signal.aborted) return
      preview.value = undefined
      isPast.value = error instanceof ApiProblem && error.code === 'invalid-field'
      previewFailure.value = isPast.value ? undefined : explain(error)
    }
  }
  watch(to, () => {
    clearTimeout(timer)
    preview.value = undefined
    timer = setTimeout(() => void ask(), pause)
  })
  void ask()
  onScopeDispose(() => {
    clearTimeout(timer)
    asked.abort()
  })

  const send = async (): Promise<boolean> => {
    const told = preview.value
    if (!told || !reason.value) return false
    changed.value = false
    const body = { expectedDischargeAt: told.to, reason: reason.value, version: told.version }
    const answer = await act.run(() => http.post(`/hospital-discharges/${id}/reschedule`, body, HospitalDischarge))
    if (act.problem.value?.code === 'case-changed') {
      changed.value = true
      await ask()
    }
    return answer !== undefined
  }
  return { to, reason, preview, previewFailure, isMoved, isPast, changed, act, send }
}
