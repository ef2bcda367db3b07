import type { CaseHeader } from '@maillage/contracts/cases'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import { useNow } from '../../platform/clock.ts'
import { useHttp } from '../../platform/http.ts'
import { useUndo } from '../../platform/undo.ts'
import type { OpenCase } from '../use-case.ts'
import { actsOf, type CaseAct } from './case-acts.ts'
import { AnyCase } from './case-paths.ts'
import { fill, type MoveSpec } from './move-fields.ts'
import { undoWrite } from './undo-write.ts'

export interface Moves {
  /** What the server allows, in the order of the slice's table; the refused ones come last. */
  acts: ComputedRef<CaseAct[]>
  /** The dialog: which act it asks for, and whether it is open. */
  asked: Readonly<ShallowRef<MoveSpec | undefined>>
  open: Ref<boolean>
  show: (isOpen: boolean) => void
  send: (body: Record<string, unknown>) => Promise<boolean>
}

/** The acts of a case and the one dialog that asks for what they require. */
export function useMoves<T extends CaseHeader>(
  open: OpenCase<T>,
  specs: Readonly<Ref<Readonly<Record<string, MoveSpec>>>>,
): Moves {
  const toast = useToast()
  const now = useNow()
  const http = useHttp()
  const undo = useUndo()
  const asked = shallowRef<MoveSpec>()
  const isOpen = ref(false)
  const action = ref('')

  /** What can be put back says so in its own line. */
  const offered = ({ undo: back }: MoveSpec, text: string): boolean => {
    const allowed = open.load.data.value?.allowedActions ?? []
    if (!back || !allowed.some((one) => one.action === back.action && one.disabledBecause === undefined)) return false
    const moves = `${open.path.value}/moves`
    undo.offerUndo({
      text,
      undo: () => undoWrite(open, (version) => http.post(moves, { ...back, version }, AnyCase)),
    })
    return true
  }
  const perform = async (name: string, spec: MoveSpec, body: Record<string, unknown>): Promise<boolean> => {
    const done = await open.move({ ...body, action: name })
    if (done && spec.done && !offered(spec, spec.done)) {
      toast.add({ title: spec.done, icon: 'i-lucide-check', color: 'success' })
    }
    return done
  }
  /** An act that asks for nothing: done at once, its refusal said where its success would have been. */
  const direct = async (name: string, spec: MoveSpec): Promise<void> => {
    const failed = !(await perform(name, spec, fill(spec, {}, now.value).body)) && open.act.failure.value
    if (failed) toast.add({ title: `${spec.label} : pas fait`, description: failed.text, color: 'error' })
  }
  const run = (name: string, spec: MoveSpec): void => {
    open.forget()
    if (spec.fields.length === 0 && !spec.explain && !spec.grave) {
      void direct(name, spec)
      return
    }
    action.value = name
    asked.value = spec
    isOpen.value = true
  }
  const show = (shown: boolean): void => {
    isOpen.value = shown
  }
  const send = async (body: Record<string, unknown>): Promise<boolean> =>
    asked.value ? perform(action.value, asked.value, body) : false

  const acts = computed(() => actsOf(open.load.data.value?.allowedActions ?? [], specs.value, run))
  return { acts, asked, open: isOpen, show, send }
}
