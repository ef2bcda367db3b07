import { HospitalDischarge, OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { Organizations } from '@maillage/contracts/territory'
import { type ComputedRef, computed, onMounted, type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { type Fault, faultsOfAnswer, faultsOfContract } from '../../../../kernel/fields/faults.ts'
import { focusField } from '../../../../kernel/fields/focus-field.ts'
import { healthIdBody, type TypedHealthId } from '../../../../kernel/fields/health-number-typing.ts'
import { type KeptDraft, useDraft } from '../../../../kernel/fields/use-draft.ts'
import { useHttp } from '../../../../platform/http.ts'
import { useInstance } from '../../../../platform/instance.ts'
import { useSession } from '../../../../platform/session.ts'
import { type Act, useAct } from '../../../../platform/use-act.ts'
import { useLoad } from '../../../../platform/use-load.ts'
import { instantOfParis } from '../../../../ui/words/paris-time.ts'
import { phoneInWords } from '../../../../ui/words/typography.ts'
import { followDate } from '../templates/template-needs.ts'
import { dischargeBody, WardForm } from './ward-form.ts'
import { faultsOfStep, stepOf, type WardStep, wardFaultWords, wardSteps } from './ward-steps.ts'

export interface WardUnit {
  value: string
  label: string
  phone: string | null
}

export interface WardScreen {
  form: Ref<WardForm>
  /** Apart from the form, which a draft keeps. */
  healthId: Ref<TypedHealthId>
  draft: KeptDraft
  act: Act
  units: ComputedRef<WardUnit[]>
  step: ComputedRef<WardStep>
  /** The faults to show on this step, once somebody tried to go on. */
  faults: ComputedRef<Fault[]>
  remaining: ComputedRef<Fault[]>
  goTo: (step: WardStep) => Promise<void>
  goToFault: (pointer: string) => Promise<void>
  /** To the next step when this one is complete; its faults are shown otherwise. */
  goOn: () => Promise<void>
  send: () => Promise<HospitalDischarge | undefined>
}

/** The step stands in the address: going back in the browser goes back a step, and a reload loses nothing. */
function useStep() {
  const route = useRoute()
  const router = useRouter()
  const step = computed<WardStep>(() => wardSteps.find((one) => one === route.query.etape) ?? 'patient')
  const goTo = async (to: WardStep): Promise<void> => {
    await router.push({ query: { etape: to } })
  }
  return { step, goTo }
}

function useUnits(form: Ref<WardForm>) {
  const http = useHttp()
  const { data } = useLoad((signal) => http.get('/units', Organizations, { signal }))
  const units = computed<WardUnit[]>(() =>
    (data.value?.items ?? []).flatMap(({ name, units: own }) =>
      own.map((unit) => ({ value: unit.id, label: `${name}, ${unit.name}`, phone: unit.phone })),
    ),
  )
  // A ward alone is not asked for, and its phone is the number to call back.
  watch([units, () => form.value.unitId], () => {
    const [only] = units.value.length === 1 ? units.value : []
    if (only && !form.value.unitId) form.value.unitId = only.value
    const chosen = units.value.find(({ value }) => value === form.value.unitId)
    if (chosen?.phone && !form.value.callBackPhone)
      form.value.callBackPhone = phoneInWords(chosen.phone).replaceAll('\u00A0', ' ')
  })
  return units
}

/** The needs follow the date of the discharge from one complete date to the next; what a draft restores stays as it was. */
function followTheDate(form: Ref<WardForm>): void {
  let known = { form: form.value, expected: form.value.expected }
  watch(
    () => ({ form: form.value, expected: form.value.expected }),
    (now) => {
      if (now.form === known.form && instantOfParis(now.expected)) {
        form.value.needs = followDate(form.value.needs, known.expected, now.expected)
        known = now
      } else if (now.form !== known.form) known = now
    },
  )
}

/** What an earlier visit left on the server. */
function restore(draft: KeptDraft, form: Ref<WardForm>): void {
  onMounted(async () => {
    const before = await draft.restore()
    if (before) form.value = WardForm.parse(before)
  })
}

/** The number beside the form: a demo takes those of tests alone. */
function useHealthId() {
  const instance = useInstance()
  const healthId = ref<TypedHealthId>({ number: '', authority: 'nir' })
  const givenHealthId = () =>
    healthIdBody(instance.value?.demo ? { ...healthId.value, authority: 'test' } : healthId.value)
  return { healthId, givenHealthId }
}

/** The new discharge: four steps, one form, one draft on the server. */
export function useWardForm(): WardScreen {
  const http = useHttp()
  const session = useSession()
  const act = useAct()
  const form = ref(WardForm.parse({}))
  const { healthId, givenHealthId } = useHealthId()
  const draft = useDraft('hospital-discharge', () => form.value)
  const { step, goTo } = useStep()
  const units = useUnits(form)
  const tried = ref<ReadonlySet<WardStep>>(new Set())
  const answered = ref<Fault[]>([])
  const idempotencyKey = crypto.randomUUID()
  restore(draft, form)
  watch([form, healthId], () => (answered.value = []), { deep: true })
  followTheDate(form)

  const body = () =>
    OpenHospitalDischarge.safeParse(
      dischargeBody(form.value, session.account?.displayName ?? '', new Date(), givenHealthId()),
    )
  const all = computed<Fault[]>(() => {
    const read = body()
    const own = read.success ? [] : faultsOfContract(read.error, wardFaultWords)
    const informed = form.value.patientInformed ? [] : [faultAtOwn('/details/patientInformed')]
    const consent = form.value.consent ? [] : [faultAtOwn('/consent')]
    const needs = form.value.needs.length > 0 ? [] : [faultAtOwn('/needs')]
    return [...own, ...needs, ...informed, ...consent, ...answered.value]
  })
  const faults = computed(() => (tried.value.has(step.value) ? faultsOfStep(all.value, step.value) : []))
  const goToFault = async (pointer: string): Promise<void> => {
    const to = stepOf(pointer)
    tried.value = new Set([...tried.value, to])
    if (to !== step.value) await goTo(to)
    await focusField(pointer)
  }
  const goOn = async (): Promise<void> => {
    tried.value = new Set([...tried.value, step.value])
    await draft.keep()
    const [first] = faults.value
    const next = wardSteps[wardSteps.indexOf(step.value) + 1]
    if (first) await focusField(first.pointer)
    else if (next) await goTo(next)
  }
  const send = async (): Promise<HospitalDischarge | undefined> => {
    tried.value = new Set(wardSteps)
    const read = body()
    if (all.value.length > 0 || !read.success) return undefined
    const opened = await act.run(() =>
      http.post('/hospital-discharges', read.data, HospitalDischarge, { idempotencyKey }),
    )
    if (opened) await draft.drop()
    else answered.value = faultsOfAnswer(act.problem.value?.errors ?? [], wardFaultWords)
    return opened
  }
  return { form, healthId, draft, act, units, step, faults, remaining: all, goTo, goToFault, goOn, send }
}

const faultAtOwn = (pointer: string): Fault => ({ pointer, text: wardFaultWords[pointer] ?? '' })
