import { GpSearch, OpenGpSearch } from '@maillage/contracts/gp-search'
import type { Problem } from '@maillage/contracts/kit/problems'
import { OpenUnscheduledCare, UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { type ComputedRef, computed, onMounted, type Ref, ref, watch } from 'vue'
import { type Fault, faultsOfAnswer, faultsOfContract } from '../../kernel/fields/faults.ts'
import { focusField } from '../../kernel/fields/focus-field.ts'
import { type KeptDraft, useDraft } from '../../kernel/fields/use-draft.ts'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { type IntakeKind, intakeFaultWords, redFlagLabels } from './intake.messages.ts'
import { emergencyBody, IntakeForm, intakeBody, raisedFlags } from './intake-form.ts'

export type LookAlike = NonNullable<Problem['lookAlikes']>[number]

export interface IntakeScreen {
  form: Ref<IntakeForm>
  draft: KeptDraft
  act: Act
  isCoordinator: ComputedRef<boolean>
  /** What is still missing, said at any time beside the button. */
  remaining: ComputedRef<Fault[]>
  /** The same, beside the fields, once somebody tried to save. */
  faults: ComputedRef<Fault[]>
  /** Those whom the server found alike, until one is chosen or all are set aside. */
  lookAlikes: Ref<readonly LookAlike[]>
  isEmergency: ComputedRef<boolean>
  save: () => Promise<{ reference: string } | undefined>
  keepTrace: () => Promise<{ reference: string } | undefined>
  setAside: () => void
  chooseKnown: (id: string) => void
}

/** The body of one kind, judged by its contract, and the call that opens it. */
function useOpening(kind: () => IntakeKind, form: Ref<IntakeForm>, confirmed: Ref<boolean>) {
  const http = useHttp()
  const session = useSession()
  const context = () => ({
    role: session.role ?? ('requester' as const),
    informedBy: session.account?.displayName ?? '',
    now: new Date(),
    confirmNotDuplicate: confirmed.value,
  })
  const body = () => intakeBody(kind(), form.value, context())
  const judge = (): Fault[] => {
    const contract = kind() === 'gp-search' ? OpenGpSearch : OpenUnscheduledCare
    const read = contract.safeParse(body())
    return read.success ? [] : faultsOfContract(read.error, intakeFaultWords)
  }
  const open = (idempotencyKey: string): Promise<{ reference: string }> =>
    kind() === 'gp-search'
      ? http.post('/gp-searches', body(), GpSearch, { idempotencyKey })
      : http.post('/unscheduled-cares', body(), UnscheduledCare, { idempotencyKey })
  const openEmergency = (idempotencyKey: string): Promise<{ reference: string }> => {
    const motive = raisedFlags(form.value)
      .map((flag) => redFlagLabels[flag])
      .join(', ')
    return http.post('/unscheduled-cares', emergencyBody(form.value, context(), motive), UnscheduledCare, {
      idempotencyKey,
    })
  }
  return { judge, open, openEmergency }
}

/** What is wrong with the form, and when it is said: always beside the button, beside the fields once it was tried. */
function useFaults(form: Ref<IntakeForm>, judge: () => Fault[]) {
  const tried = ref(false)
  const answered = ref<Fault[]>([])
  watch(form, () => (answered.value = []), { deep: true })
  const remaining = computed<Fault[]>(() => {
    const consent = form.value.consent ? [] : [{ pointer: '/consent', text: intakeFaultWords['/consent'] ?? '' }]
    return [...judge(), ...consent, ...answered.value]
  })
  const faults = computed(() => (tried.value ? remaining.value : answered.value))
  return { tried, answered, remaining, faults }
}

/** Those whom the server found alike, and what was said of them. */
function useLookAlikes(form: Ref<IntakeForm>, confirmed: Ref<boolean>, act: Act) {
  const lookAlikes = ref<readonly LookAlike[]>([])
  // Another person is being described: nobody said that this one is unknown.
  watch(
    () => [form.value.patient.birthName, form.value.patient.firstName, form.value.patient.birthDate],
    () => {
      confirmed.value = false
      lookAlikes.value = []
    },
  )
  const settled = (): void => {
    lookAlikes.value = []
    act.forget()
  }
  const setAside = (): void => {
    confirmed.value = true
    settled()
  }
  const chooseKnown = (id: string): void => {
    form.value.patient.knownId = id
    settled()
  }
  return { lookAlikes, setAside, chooseKnown }
}

/** A request taken on the phone: one form, one draft, what is missing said at any time. */
export function useIntake(kind: () => IntakeKind): IntakeScreen {
  const session = useSession()
  const act = useAct()
  const form = ref(IntakeForm.parse({}))
  const draft = useDraft(kind(), () => form.value)
  const confirmed = ref(false)
  const { judge, open, openEmergency } = useOpening(kind, form, confirmed)
  const { tried, answered, remaining, faults } = useFaults(form, judge)
  const { lookAlikes, setAside, chooseKnown } = useLookAlikes(form, confirmed, act)
  onMounted(async () => {
    const before = await draft.restore()
    if (before) form.value = IntakeForm.parse(before)
  })
  const send = async (
    write: (key: string) => Promise<{ reference: string }>,
  ): Promise<{ reference: string } | undefined> => {
    const opened = await act.run(() => write(crypto.randomUUID()))
    if (opened) await draft.drop()
    const refusal = act.problem.value
    answered.value = faultsOfAnswer(refusal?.errors ?? [], intakeFaultWords)
    lookAlikes.value = refusal?.code === 'duplicate-suspected' ? (refusal.problem.lookAlikes ?? []) : []
    return opened
  }
  const save = async (): Promise<{ reference: string } | undefined> => {
    tried.value = true
    const [first] = remaining.value
    if (!first) return await send(open)
    await focusField(first.pointer)
    return undefined
  }
  const isCoordinator = computed(() => session.role === 'coordinator')
  const isEmergency = computed(() => kind() === 'unscheduled-care' && raisedFlags(form.value).length > 0)
  const keepTrace = (): Promise<{ reference: string } | undefined> => send(openEmergency)
  return {
    form,
    draft,
    act,
    isCoordinator,
    remaining,
    faults,
    lookAlikes,
    isEmergency,
    save,
    keepTrace,
    setAside,
    chooseKnown,
  }
}
