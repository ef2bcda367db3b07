import { pageOf, soughtPageOf } from '@maillage/contracts/kit/page'
import { PatientFound } from '@maillage/contracts/patients'
import { Practitioner } from '@maillage/contracts/practitioners'
import { WorklistItem } from '@maillage/contracts/worklist'
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Explanation, explain } from '../../platform/problem-text.ts'
import type { Sought } from './palette-groups.ts'

export interface Found {
  readonly cases: Sought<WorklistItem>
  readonly patients: Sought<PatientFound>
  readonly practitioners: Sought<Practitioner>
}

/** What a role may ask: patients and the queue belong to the coordination. */
export interface MayFind {
  readonly people: boolean
  readonly practitioners: boolean
}

const none = { items: [], isWhole: true }
const nothing: Found = { cases: none, patients: none, practitioners: none }
const pause = 180
const atMost = 5

interface Answer<Item> {
  items: Item[]
  next: string | null
  isPartial?: boolean
}

const soughtOf = <Item>(page: Answer<Item> | undefined): Sought<Item> =>
  page ? { items: page.items, isWhole: page.next === null && !page.isPartial } : none

/** What the server knows of the words typed. Names travel in the body of a POST, never in an address. */
export function usePaletteSearch(typed: Readonly<Ref<string>>, may: Readonly<Ref<MayFind>>) {
  const http = useHttp()
  const found = shallowRef<Found>(nothing)
  const failure = shallowRef<Explanation>()
  const busy = ref(false)

  const ask = async (q: string, signal: AbortSignal): Promise<Found> => {
    const { people, practitioners } = may.value
    const body = { q, limit: atMost }
    const [cases, patients, directory] = await Promise.all([
      people ? http.post('/worklist/search', body, soughtPageOf(WorklistItem), { signal }) : undefined,
      people ? http.post('/patients/search', body, soughtPageOf(PatientFound), { signal }) : undefined,
      practitioners ? http.post('/practitioners/search', body, pageOf(Practitioner), { signal }) : undefined,
    ])
    return { cases: soughtOf(cases), patients: soughtOf(patients), practitioners: soughtOf(directory) }
  }

  let current: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    clearTimeout(timer)
    current?.abort()
  }
  const run = async (q: string): Promise<void> => {
    const mine = new AbortController()
    current = mine
    try {
      const answer = await ask(q, mine.signal)
      if (!mine.signal.aborted) found.value = answer
    } catch (error) {
      if (!mine.signal.aborted) failure.value = explain(error)
    } finally {
      if (!mine.signal.aborted) busy.value = false
    }
  }
  watch(typed, (words) => {
    stop()
    failure.value = undefined
    const q = words.trim()
    busy.value = q.length >= 2
    if (busy.value) timer = setTimeout(() => void run(q), pause)
    else found.value = nothing
  })
  onScopeDispose(stop)
  return { found, failure, busy }
}
