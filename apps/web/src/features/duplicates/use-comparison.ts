import type { DuplicateComparison, MergedField } from '@maillage/contracts/coordination/duplicates'
import { CaseId } from '@maillage/contracts/kit/ids'
import { type ComputedRef, computed, type Ref, ref, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'
import { type ComparedField, comparedFields, firstChoice } from './duplicate-words.ts'
import { duplicatesApi } from './duplicates.api.ts'

export type Side = '0' | '1'

/** What the coordinator chooses between two records. */
export interface Comparison {
  load: Load<DuplicateComparison>
  act: Act
  /** The record that stays; the other leads to it. */
  kept: Ref<Side>
  fields: ComputedRef<ComparedField[]>
  /** Of each field, the side whose value stays. */
  choices: Ref<Partial<Record<MergedField, Side>>>
  bothPhones: Ref<boolean>
  /** Where there are two open searches: the one that goes on. */
  keptSearch: Ref<string | undefined>
  isSearchMissing: Ref<boolean>
  merge: () => Promise<string | undefined>
  keepApart: () => Promise<boolean>
}

/** Two records side by side and what is chosen of each; the record with most open cases is kept first. */
export function useComparison(id: () => string): Comparison {
  const api = duplicatesApi(useHttp())
  const load = useLoad((signal) => api.compare(id(), signal), id)
  const act = useAct()
  const kept = ref<Side>('0')
  const choices = ref<Partial<Record<MergedField, Side>>>({})
  const bothPhones = ref(true)
  const keptSearch = ref<string>()
  const isSearchMissing = ref(false)
  const fields = computed(() => (load.data.value ? comparedFields(load.data.value.records) : []))

  watch([kept, fields], () => {
    const side = kept.value === '0' ? 0 : 1
    choices.value = Object.fromEntries(
      fields.value.filter(({ isSame }) => !isSame).map((one) => [one.field, String(firstChoice(one, side))]),
    )
  })
  const merge = async (): Promise<string | undefined> => {
    const shown = load.data.value
    if (!shown) return undefined
    isSearchMissing.value = searchesOf(shown).length > 1 && !keptSearch.value
    if (isSearchMissing.value) return undefined
    const body = bodyOf(shown, { kept: kept.value, choices: choices.value, bothPhones: bothPhones.value })
    const search = CaseId.safeParse(keptSearch.value).data
    const made = await act.run(() =>
      api.merge(id(), { ...body, ...(search ? { keptSearchId: search } : {}) }, crypto.randomUUID()),
    )
    if (act.problem.value?.code === 'version-stale') await load.reload()
    return made?.keptId
  }
  const keepApart = async (): Promise<boolean> => {
    const shown = load.data.value
    return shown !== undefined && (await act.run(() => api.keepApart(shown.id, shown.version))) !== undefined
  }
  return { load, act, kept, fields, choices, bothPhones, keptSearch, isSearchMissing, merge, keepApart }
}

/** The open searches of both, each once: a household's may name both records. */
export const searchesOf = ({ openSearches }: DuplicateComparison): DuplicateComparison['openSearches'] =>
  openSearches.filter((one, at) => openSearches.findIndex(({ id }) => id === one.id) === at)

interface Chosen {
  kept: Side
  choices: Partial<Record<MergedField, Side>>
  bothPhones: boolean
}

function bodyOf({ version, records: [one, other] }: DuplicateComparison, { kept, choices, bothPhones }: Chosen) {
  const [stays, leaves] = kept === '0' ? [one, other] : [other, one]
  // The keys of what was chosen are fields.
  const fromOther = (Object.keys(choices) as MergedField[]).filter((field) => choices[field] !== kept)
  const seen: [number, number] = [stays.version, leaves.version]
  return { version, keptId: stays.id, seen, fromOther, bothPhones }
}
