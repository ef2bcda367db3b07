import { Coordinators } from '@maillage/contracts/accounts'
import type { PersonRef } from '@maillage/contracts/cases'
import type { AccountId } from '@maillage/contracts/kit/ids'
import { useHttp } from '../platform/http.ts'
import { useSession } from '../platform/session.ts'
import { type Load, useLoad } from '../platform/use-load.ts'

export interface Colleagues {
  load: Load<PersonRef[]>
  /** The other coordinators: to whom something may be given. */
  others: () => PersonRef[]
  myId: () => AccountId | undefined
}

/** The coordinators of the CPTS, read once for a form that hands something over. */
export function useColleagues(): Colleagues {
  const http = useHttp()
  const session = useSession()
  const load = useLoad(async (signal) => (await http.get('/coordinators', Coordinators, { signal })).items)
  const myId = (): AccountId | undefined => session.account?.id
  return { load, others: () => (load.data.value ?? []).filter(({ id }) => id !== myId()), myId }
}
