import { pageOf } from '@maillage/contracts/kit/page'
import { PatientFound } from '@maillage/contracts/patients'
import { type ComputedRef, computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Described, likeness, type MatchName, matchesOf, questionsOf } from './known-traits.ts'

const Found = pageOf(PatientFound)
const pause = 250
const shown = 4

export interface KnownPatient {
  patient: PatientFound
  matches: readonly MatchName[]
}

export interface KnownPatients {
  found: ComputedRef<readonly KnownPatient[]>
  /** The search does not answer: the person can still be described, look-alikes are judged again on saving. */
  failed: Ref<boolean>
}

/**
 * Finds patients already known while a name, a phone or a birth date is typed, the likeliest first. Each question is a
 * POST: what is typed never stands in an address.
 */
export function useKnownPatients(typed: () => Described | undefined): KnownPatients {
  const http = useHttp()
  const known = shallowRef<readonly PatientFound[]>([])
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new AbortController()

  const search = async (questions: readonly string[]): Promise<void> => {
    asked = new AbortController()
    const { signal } = asked
    try {
      const pages = await Promise.all(
        questions.map((q) => http.post('/patients/search', { q, limit: 5 }, Found, { signal })),
      )
      const people = pages.flatMap(({ items }) => items)
      known.value = [...new Map(people.map((one) => [one.id, one])).values()]
      failed.value = false
    } catch {
      if (!signal.aborted) failed.value = true
    }
  }
  watch(
    () => questionsOf(typed() ?? nothing).join('\n'),
    (questions) => {
      clearTimeout(timer)
      asked.abort()
      if (questions === '') {
        known.value = []
        return
      }
      timer = setTimeout(() => void search(questions.split('\n')), pause)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    asked.abort()
  })
  const found = computed(() => {
    const described = typed()
    if (!described) return []
    return known.value
      .map((patient) => ({ patient, matches: matchesOf(patient, described) }))
      .filter(({ matches }) => isWorthSaying(described, matches))
      .toSorted((a, b) => likeness(b.matches) - likeness(a.matches))
      .slice(0, shown)
  })
  return { found, failed }
}

const nothing: Described = { birthName: '', firstName: '', birthDate: '', sex: undefined, phone: '' }

/** A birth date shared with a stranger is chance, once another name is known. */
function isWorthSaying({ birthName }: Described, matches: readonly MatchName[]): boolean {
  if (matches.includes('phone') || matches.includes('birthName')) return true
  return matches.includes('birthDate') && (birthName === '' || matches.includes('firstName'))
}
