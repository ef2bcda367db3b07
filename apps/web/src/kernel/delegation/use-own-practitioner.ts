import { Delegation } from '@maillage/contracts/delegation/delegations'
import { pageOf } from '@maillage/contracts/kit/page'
import type { DelegationRight } from '@maillage/contracts/roles'
import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'
import { useLoad } from '../../platform/use-load.ts'

const Page = pageOf(Delegation)

export interface OwnPractitioner {
  /** Whose entry the page is about; undefined where there is none, or while it is being read. */
  practitionerId: ComputedRef<string | undefined>
  /** Those among whom a secretary chooses; empty for a practitioner, who has their own entry alone. */
  choices: ComputedRef<{ value: string; label: string }[]>
  chosen: Ref<string | undefined>
  /** Nothing to show yet: a secretary's practitioners are being read. */
  isReading: ComputedRef<boolean>
}

/** A practitioner's own entry, or the one that their secretary chose among those who gave them this right. */
export function useOwnPractitioner(right: DelegationRight): OwnPractitioner {
  const http = useHttp()
  const session = useSession()
  const isSecretary = computed(() => session.role === 'secretary')
  const { data, failure } = useLoad(async (signal) =>
    isSecretary.value ? (await http.get('/delegations', Page, { signal })).items : [],
  )
  const choices = computed(() =>
    (data.value ?? [])
      .filter(({ rights }) => rights.includes(right))
      .map(({ practitioner }) => ({ value: String(practitioner.id), label: practitioner.displayName })),
  )
  const chosen = ref<string>()
  const practitionerId = computed(() =>
    isSecretary.value ? (chosen.value ?? choices.value[0]?.value) : (session.current?.practitionerId ?? undefined),
  )
  const isReading = computed(() => isSecretary.value && !data.value && !failure.value)
  return { practitionerId, choices, chosen, isReading }
}
