import type { CaseHeader } from '@maillage/contracts/cases'
import type { NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Candidates, ProposalMode } from '@maillage/contracts/proposals'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed, type Ref, ref, watch } from 'vue'
import type * as z from 'zod'
import { useHttp } from '../../platform/http.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'
import { caseApi, type Relaxation } from '../case-api.ts'
import type { OpenCase } from '../use-case.ts'
import { keptChoice, toggled } from './choosing.ts'

export interface Choosing {
  load: Load<z.infer<typeof Candidates> | undefined>
  relax: Ref<Relaxation[]>
  mode: Ref<ProposalMode>
  chosen: Readonly<Ref<readonly PractitionerId[]>>
  names: ComputedRef<string[]>
  note: Ref<string>
  /** The note would tell who the patient is. */
  noteRefused: ComputedRef<boolean>
  choose: (id: PractitionerId) => void
  propose: () => Promise<boolean>
}

/** Who may be proposed the case (or one need of it), who is chosen, and in which way. */
export function useCandidates<T extends CaseHeader>(
  open: OpenCase<T>,
  active: Readonly<Ref<boolean>>,
  needId: Readonly<Ref<NeedId | undefined>> = ref(undefined),
): Choosing {
  const api = caseApi(useHttp())
  const toast = useToast()
  const relax = ref<Relaxation[]>([])
  const mode = ref<ProposalMode>('direct')
  const chosen = ref<PractitionerId[]>([])
  const note = ref('')
  // Kept while the same choice is tried again, so that a lost answer never proposes twice.
  let key = crypto.randomUUID()

  const load = useLoad(
    async (signal) =>
      active.value ? api.candidates(open.path.value, { needId: needId.value, relax: relax.value }, signal) : undefined,
    () => [open.path.value, active.value, needId.value, ...relax.value].join(' '),
  )
  const listed = computed(() => load.data.value?.items ?? [])
  watch(
    () => open.load.data.value?.version,
    (version, before) => {
      if (before !== undefined && version !== undefined && active.value) void load.reload()
    },
  )
  watch([listed, mode], () => {
    chosen.value = keptChoice(chosen.value, mode.value, listed.value)
  })
  watch([chosen, mode, note, needId], () => {
    key = crypto.randomUUID()
  })
  const names = computed(() =>
    listed.value
      .filter(({ practitioner }) => chosen.value.includes(practitioner.id))
      .map((one) => one.practitioner.displayName),
  )
  const propose = async (): Promise<boolean> => {
    const told = names.value
    const body = {
      mode: mode.value,
      practitionerIds: chosen.value,
      needId: needId.value,
      previewNote: note.value.trim() || undefined,
    }
    const answer = await open.write((version) => api.propose(open.path.value, { ...body, version }, key))
    if (!answer) return false
    note.value = ''
    const who = told.length === 1 ? told[0] : `${told.length} personnes`
    toast.add({ title: `Proposé à ${who}`, icon: 'i-lucide-send', color: 'success' })
    return true
  }
  const choose = (id: PractitionerId): void => {
    chosen.value = toggled(chosen.value, id, mode.value, listed.value)
  }
  const noteRefused = computed(() => open.act.problem.value?.code === 'identity-in-preview')
  return { load, relax, mode, chosen, names, note, noteRefused, choose, propose }
}
