import type { AccountId, CaseId } from '@maillage/contracts/kit/ids'
import { useToast } from '@nuxt/ui/composables'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { caseApi } from '../case-api.ts'

interface Owned {
  id: CaseId
  version: number
}

export interface Ownership {
  act: Act
  myId: () => AccountId | undefined
  /** Takes the case (« Prendre en charge »); true when it was done. */
  take: (one: Owned) => Promise<boolean>
  letGo: (one: Owned) => Promise<boolean>
}

/** Who is in charge of a case: oneself, or nobody any more. A refusal is said in a toast, where the success would be. */
export function useOwner(): Ownership {
  const api = caseApi(useHttp())
  const session = useSession()
  const toast = useToast()
  const act = useAct()

  const myId = (): AccountId | undefined => session.account?.id
  const change = async ({ id, version }: Owned, ownerId: AccountId | null, done: string): Promise<boolean> => {
    const answer = await act.run(() => api.changeOwner(id, { ownerId, version }))
    if (answer) toast.add({ title: done, icon: 'i-lucide-check', color: 'success' })
    else if (act.failure.value) {
      toast.add({ title: 'Le responsable n’a pas changé', description: act.failure.value.text, color: 'error' })
    }
    return answer !== undefined
  }
  const take = async (one: Owned): Promise<boolean> => {
    const me = myId()
    return me ? change(one, me, 'Vous prenez ce dossier en charge') : false
  }
  const letGo = (one: Owned): Promise<boolean> => change(one, null, 'Ce dossier n’a plus de responsable')
  return { act, myId, take, letGo }
}
