import type { WaitingPatient } from '@maillage/contracts/candidates'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { type ComputedRef, computed, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import { explain } from '../../platform/problem-text.ts'
import { useUndo } from '../../platform/undo.ts'
import { counted } from '../../ui/words/typography.ts'
import type { DirectoryApi } from './directory.api.ts'
import { type Offered, refusalToTick } from './offering.ts'

export interface Offering {
  chosen: ComputedRef<WaitingPatient[]>
  results: Readonly<ShallowRef<ReadonlyMap<CaseId, Offered>>>
  busy: Readonly<Ref<boolean>>
  /** Why this line cannot be ticked now; undefined when it can, or already is. */
  refusal: (patient: WaitingPatient) => string | undefined
  isChosen: (patient: WaitingPatient) => boolean
  toggle: (patient: WaitingPatient) => void
  /** One proposal a case, one after the other: a refused one does not stop the others. */
  offer: () => Promise<void>
  takeBack: (caseId: CaseId) => Promise<void>
}

interface Given {
  practitionerId: () => string
  practitionerName: () => string
  patients: Readonly<Ref<readonly WaitingPatient[]>>
  free: Readonly<Ref<number | null>>
  /** What the doctor has was changed: places asked, proposals under way. */
  onChanged: () => Promise<void>
}

/** Chooses among those who wait, offers each, tells what became of each, and takes back. */
export function useOffering(api: DirectoryApi, given: Given): Offering {
  const undo = useUndo()
  const ticked = ref<readonly CaseId[]>([])
  const results = shallowRef<ReadonlyMap<CaseId, Offered>>(new Map())
  const busy = ref(false)
  const chosen = computed(() => given.patients.value.filter(({ caseId }) => ticked.value.includes(caseId)))
  const isChosen = ({ caseId }: WaitingPatient): boolean => ticked.value.includes(caseId)

  const record = (caseId: CaseId, result: Offered): void => {
    results.value = new Map(results.value).set(caseId, result)
  }
  const refusal = (patient: WaitingPatient): string | undefined =>
    isChosen(patient) ? undefined : refusalToTick(patient, chosen.value, given.free.value)
  const toggle = (patient: WaitingPatient): void => {
    const { caseId } = patient
    if (isChosen(patient)) ticked.value = ticked.value.filter((one) => one !== caseId)
    else if (!refusal(patient)) ticked.value = [...ticked.value, caseId]
  }
  const offerOne = async (patient: WaitingPatient): Promise<void> => {
    record(patient.caseId, { state: 'sending' })
    try {
      const sent = await api.offer(given.practitionerId(), patient, crypto.randomUUID())
      record(patient.caseId, { state: 'sent', ...sent })
    } catch (error) {
      record(patient.caseId, { state: 'refused', why: explain(error).text })
    }
  }
  const withdraw = async (caseId: CaseId): Promise<void> => {
    const sent = results.value.get(caseId)
    if (sent?.state !== 'sent') return
    await api.withdraw(sent)
    record(caseId, { state: 'withdrawn' })
  }
  const offer = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    const wanted = chosen.value
    ticked.value = []
    for (const patient of wanted) await offerOne(patient)
    busy.value = false
    await given.onChanged()
    const sent = wanted.filter(({ caseId }) => results.value.get(caseId)?.state === 'sent')
    if (sent.length === 0) return
    undo.offerUndo({
      text: `${counted(sent.length, 'proposition envoyée', 'propositions envoyées')} à ${given.practitionerName()}`,
      undo: async () => {
        for (const { caseId } of sent) await withdraw(caseId)
        await given.onChanged()
      },
    })
  }
  const takeBack = async (caseId: CaseId): Promise<void> => {
    try {
      await withdraw(caseId)
    } catch (error) {
      record(caseId, { state: 'refused', why: explain(error).text })
    }
    await given.onChanged()
  }
  return { chosen, results, busy, refusal, isChosen, toggle, offer, takeBack }
}
