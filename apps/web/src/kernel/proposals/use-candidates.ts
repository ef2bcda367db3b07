import type { Candidate, Candidates, Relaxation } from '@maillage/contracts/candidates'
import type { CaseHeader } from '@maillage/contracts/cases'
import type { NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { ProposalMode } from '@maillage/contracts/proposals'
import { type ComputedRef, computed, type Ref, ref, watch } from 'vue'
import type * as z from 'zod'
import { useHttp } from '../../platform/http.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'
import { caseApi } from '../case-api.ts'
import type { OpenCase } from '../use-case.ts'
import type { Chosen } from '../words/candidate-words.ts'
import { isEarly, keptChoice, toggled, usualToAsk } from './choosing.ts'
import { useUndoProposing } from './undo-proposing.ts'

interface Choice {
  mode: Ref<ProposalMode>
  chosen: Readonly<Ref<readonly PractitionerId[]>>
  names: ComputedRef<string[]>
  people: ComputedRef<Chosen[]>
  note: Ref<string>
  choose: (id: PractitionerId) => void
}

export interface Choosing extends Choice {
  load: Load<z.infer<typeof Candidates> | undefined>
  relax: Ref<Relaxation[]>
  /** How far the distance is given up; undefined for anywhere. */
  withinKm: Ref<number | undefined>
  /** Who already cares for the person and was not asked yet. */
  usual: ComputedRef<Candidate[]>
  /** Asked whether others may be solicited before the usual carers had their time. */
  confirming: Ref<boolean>
  /** The note would tell who the patient is. */
  noteRefused: Readonly<Ref<boolean>>
  /** Why the last proposal was refused. */
  refusal: Readonly<Ref<string | undefined>>
  /** Proposes to those chosen; asks first where it would come before the usual carers' time. */
  propose: (confirmed?: 'early') => Promise<boolean>
}

/** Who is chosen among those listed, in which way, with which words. */
function useChoice(listed: Readonly<Ref<readonly Candidate[]>>): Choice {
  const mode = ref<ProposalMode>('direct')
  const chosen = ref<PractitionerId[]>([])
  const note = ref('')
  watch([listed, mode], () => {
    chosen.value = keptChoice(chosen.value, mode.value, listed.value)
  })
  const people = computed(() =>
    listed.value
      .filter(({ practitioner }) => chosen.value.includes(practitioner.id))
      .map(({ practitioner, reachableBy, answerBy }) => ({
        name: practitioner.displayName,
        reachableBy,
        answerBy: new Date(answerBy),
      })),
  )
  const names = computed(() => people.value.map(({ name }) => name))
  const choose = (id: PractitionerId): void => {
    chosen.value = toggled(chosen.value, id, mode.value, listed.value)
  }
  return { mode, chosen, names, people, note, choose }
}

function useProposing<T extends CaseHeader>(
  open: OpenCase<T>,
  { mode, chosen, names, note }: Choice,
  needId: Readonly<Ref<NeedId | undefined>>,
  listed: Readonly<Ref<readonly Candidate[]>>,
): Pick<Choosing, 'noteRefused' | 'refusal' | 'propose' | 'confirming'> {
  const api = caseApi(useHttp())
  const offerUndo = useUndoProposing(open)
  const noteRefused = ref(false)
  const refusal = ref<string>()
  const confirming = ref(false)
  // Kept while the same choice is tried again, so that a lost answer never proposes twice.
  let key = crypto.randomUUID()
  watch([chosen, mode, note, needId], () => {
    key = crypto.randomUUID()
    refusal.value = undefined
  })
  const propose = async (confirmed?: 'early'): Promise<boolean> => {
    if (!confirmed && isEarly(chosen.value, listed.value)) {
      confirming.value = true
      return false
    }
    const [first = ''] = names.value
    const whom = names.value.length === 1 ? first : `${names.value.length} personnes`
    const previewNote = note.value.trim() || undefined
    const body = { mode: mode.value, practitionerIds: [...chosen.value], needId: needId.value, previewNote }
    const answer = await open.write((version) => api.propose(open.path.value, { ...body, version }, key))
    noteRefused.value = open.act.problem.value?.code === 'identity-in-preview'
    refusal.value = open.act.failure.value?.text
    // Refused, it did nothing: the next try is another request.
    if (open.act.problem.value) key = crypto.randomUUID()
    confirming.value = false
    if (!answer) return false
    note.value = ''
    offerUndo(`Proposé à ${whom}`, answer.items)
    return true
  }
  return { noteRefused, refusal, propose, confirming }
}

/** Who may be proposed the case (or one need of it), who is chosen, and in which way. */
export function useCandidates<T extends CaseHeader>(
  open: OpenCase<T>,
  active: Readonly<Ref<boolean>>,
  needId: Readonly<Ref<NeedId | undefined>> = ref(undefined),
): Choosing {
  const api = caseApi(useHttp())
  const relax = ref<Relaxation[]>([])
  const withinKm = ref<number>()
  const load = useLoad(
    async (signal) => {
      if (!active.value) return undefined
      const wanted = { needId: needId.value, relax: relax.value, withinKm: withinKm.value }
      return api.candidates(open.path.value, wanted, signal)
    },
    () => [open.path.value, active.value, needId.value].join(' '),
  )
  watch([open.path, needId], () => {
    relax.value = []
    withinKm.value = undefined
  })
  // The list stays while a wider one is read: nothing moves under the cursor before it is there.
  watch([relax, withinKm], () => void load.reload())
  watch(
    () => open.load.data.value?.version,
    (version, before) => {
      if (before !== undefined && version !== undefined && active.value) void load.reload()
    },
  )
  const listed = computed(() => load.data.value?.items ?? [])
  const choice = useChoice(listed)
  const usual = computed(() => usualToAsk(listed.value))
  return { load, relax, withinKm, usual, ...choice, ...useProposing(open, choice, needId, listed) }
}
