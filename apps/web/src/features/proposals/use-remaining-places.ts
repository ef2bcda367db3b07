import { IntakeCapacity } from '@maillage/contracts/practitioners'
import { type ComputedRef, computed } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'
import { useLoad } from '../../platform/use-load.ts'

export interface RemainingPlaces {
  remaining: ComputedRef<number | undefined>
  /** Undefined until it is known: the sentence then does not appear at all. */
  isDeclared: ComputedRef<boolean | undefined>
}

/** The places left of the practitioner who is signed in, to say them under the proposals. */
export function useRemainingPlaces(): RemainingPlaces {
  const http = useHttp()
  const session = useSession()
  const { data } = useLoad(async (signal) => {
    const id = session.current?.practitionerId
    if (!id) return undefined
    return http.get(`/practitioners/${id}/intake-capacity`, IntakeCapacity, { signal })
  })
  return {
    remaining: computed(() => data.value?.remaining ?? undefined),
    isDeclared: computed(() => (data.value ? data.value.places !== null : undefined)),
  }
}
