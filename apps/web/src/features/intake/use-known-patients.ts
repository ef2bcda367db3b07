import { pageOf } from '@maillage/contracts/kit/page'
import { PatientFound } from '@maillage/contracts/patients'
import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'

const Found = pageOf(PatientFound)
const pause = 300

export interface KnownPatients {
  found: Readonly<ShallowRef<readonly PatientFound[]>>
  /** The search does not answer: the person can still be described, look-alikes are judged again on saving. */
  failed: Ref<boolean>
}

/** Finds patients already known while a name is typed. A POST: what is typed is a name, it never stands in an address. */
export function useKnownPatients(sought: () => string): KnownPatients {
  const http = useHttp()
  const found = shallowRef<readonly PatientFound[]>([])
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new AbortController()

  const search = async (q: string): Promise<void> => {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const { items } = await http.post('/patients/search', { q, limit: 5 }, Found, { signal })
      found.value = items
      failed.value = false
    } catch {
      if (!signal.aborted) failed.value = true
    }
  }
  watch(sought, (typed) => {
    clearTimeout(timer)
    const q = typed.trim()
    if (q.length < 2) {
      asked.abort()
      found.value = []
      return
    }
    timer = setTimeout(() => void search(q), pause)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    asked.abort()
  })
  return { found, failed }
}
