import { pageOf } from '@maillage/contracts/kit/page'
import { PatientFound } from '@maillage/contracts/patients'
import { Practitioner } from '@maillage/contracts/practitioners'
import { WorklistItem } from '@maillage/contracts/worklist'
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Explanation, explain } from '../../platform/problem-text.ts'

export interface Found {
  readonly cases: readonly WorklistItem[]
  readonly patients: readonly PatientFound[]
  readonly practitioners: readonly Practitioner[]
}

/** What a role may ask: patients and the queue belong to the coordination. */
export interface MayFind {
  readonly people: boolean
  readonly practitioners: boolean
}

const nothing: Found = { cases: [], patients: [], practitioners: [] }
const pause = 180
const atMost = 5

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
      people ? http.post('/worklist/search', body, pageOf(WorklistItem), { signal }) : undefined,
      people ? http.post('/patients/search', body, pageOf(PatientFound), { signal }) : undefined,
      practitioners ? http.get('/practitioners', pageOf(Practitioner), { query: body, signal }) : undefined,
    ])
    return {
      cases: cases?.items ?? [],
      patients: patients?.items ?? [],
      practitioners: directory?.items ?? [],
    }
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
