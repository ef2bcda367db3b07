import { type FreeSlot, FreeSlots, type SlotHold } from '@maillage/contracts/slots/care-slots'
import type { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed, onScopeDispose, type Ref, type ShallowRef, shallowRef, watch } from 'vue'
import { AnyCase } from '../../kernel/acts/case-paths.ts'
import { undoWrite } from '../../kernel/acts/undo-write.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { slotMoment, whoseSlot } from '../../kernel/words/slot-words.ts'
import { useHttp } from '../../platform/http.ts'
import { useUndo } from '../../platform/undo.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'

type Taken = Pick<FreeSlot, 'id' | 'startsAt' | 'endsAt' | 'practitioner'>

export interface CareSlots {
  load: Load<FreeSlots>
  act: Act
  hold: ComputedRef<SlotHold | null>
  /** The clock of a hold: it moves each second, while one is shown. */
  now: Readonly<ShallowRef<Date>>
  /** Somebody was quicker: which slot is offered instead. */
  missed: Readonly<ShallowRef<{ next: FreeSlot | undefined } | undefined>>
  keep: (slot: FreeSlot) => Promise<void>
  letGo: () => Promise<void>
  book: (slot: Taken) => Promise<void>
}

/** One second on the wall, only while something counts down. */
function useSeconds(isRunning: () => boolean): Readonly<ShallowRef<Date>> {
  const now = shallowRef(new Date())
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = (): void => clearInterval(timer)
  watch(
    isRunning,
    (runs) => {
      stop()
      now.value = new Date()
      if (runs) {
        timer = setInterval(() => {
          now.value = new Date()
        }, 1000)
      }
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return now
}

/** Says that the slot is booked, and offers to put it back where the server then allows it. */
function useBooked(open: OpenCase<UnscheduledCare>): (text: string) => void {
  const http = useHttp()
  const toast = useToast()
  const undo = useUndo()
  return (text) => {
    const moves = `${open.path.value}/moves`
    const back = { action: 'unbook', reason: 'other' }
    if (open.load.data.value?.allowedActions.some(({ action }) => action === back.action)) {
      undo.offerUndo({
        text,
        undo: () => undoWrite(open, (version) => http.post(moves, { ...back, version }, AnyCase)),
      })
    } else {
      toast.add({ title: text, icon: 'i-lucide-check', color: 'success' })
    }
  }
}

/** The free slots of a request: kept aside while somebody phones, booked, or lost to somebody quicker. */
export function useCareSlots(open: OpenCase<UnscheduledCare>, isShown: Readonly<Ref<boolean>>): CareSlots {
  const http = useHttp()
  const act = useAct()
  const tellBooked = useBooked(open)
  const load = useLoad(
    async (signal) =>
      isShown.value
        ? await http.get(`${open.path.value}/free-slots`, FreeSlots, { signal })
        : { wantedBefore: null, hold: null, items: [], mayBook: false },
    () => `${open.path.value} ${isShown.value}`,
  )
  // Somebody acted on the request: what is free for it may have changed, and nothing moves under the cursor meanwhile.
  watch(
    () => open.load.data.value?.version,
    () => void load.reload(),
  )
  const missed = shallowRef<{ next: FreeSlot | undefined }>()
  const held = computed(() => load.data.value?.hold ?? null)
  const now = useSeconds(() => held.value !== null)
  const hold = computed(() => (held.value && new Date(held.value.heldUntil) > now.value ? held.value : null))

  /** The list is read anew: what is offered instead is the first of it. */
  const afterMiss = async (problem: string | undefined): Promise<void> => {
    if (problem !== 'slot-taken') return
    await load.reload()
    missed.value = { next: load.data.value?.items[0] }
  }
  const keep = async (slot: FreeSlot): Promise<void> => {
    missed.value = undefined
    const answer = await act.run(() => http.put(`${open.path.value}/slot-hold`, { slotId: slot.id }, FreeSlots))
    if (answer) load.replace(answer)
    else await afterMiss(act.problem.value?.code)
  }
  const letGo = async (): Promise<void> => {
    const answer = await act.run(() => http.delete(`${open.path.value}/slot-hold`, FreeSlots))
    if (answer) load.replace(answer)
  }
  const book = async (slot: Taken): Promise<void> => {
    missed.value = undefined
    const { id: slotId, startsAt, practitioner } = slot
    const done = await open.move({ action: 'book', practitionerId: practitioner.id, appointmentAt: startsAt, slotId })
    if (done) {
      tellBooked(`Réservé\u00A0: ${whoseSlot(practitioner)}, ${slotMoment(slot, new Date())}`)
      return
    }
    await afterMiss(open.act.problem.value?.code)
    if (missed.value) open.forget()
  }
  return { load, act, hold, now, missed, keep, letGo, book }
}
