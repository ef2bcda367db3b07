import { Coordinators } from '@maillage/contracts/accounts'
import { CaseHeader } from '@maillage/contracts/cases'
import type { AccountId, CaseId } from '@maillage/contracts/kit/ids'
import { useToast } from '@nuxt/ui/composables'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'
import { useUndo } from '../../platform/undo.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { caseApi } from '../case-api.ts'

interface Owned {
  id: CaseId
  version: number
  /** Who had it before, to give it back to; left out, nobody. */
  owner?: { id: AccountId } | null
}

interface Colleague {
  id: AccountId
  displayName: string
}

export interface Ownership {
  act: Act
  myId: () => AccountId | undefined
  /** Takes the case (« Prendre en charge »); true when it was done. */
  take: (one: Owned) => Promise<boolean>
  letGo: (one: Owned) => Promise<boolean>
  handOver: (one: Owned, to: Colleague) => Promise<boolean>
  /** To whom a case may be given: the other coordinators. */
  colleagues: () => Promise<Colleague[]>
}

/**
 * Who is in charge of a case: oneself, a colleague, or nobody any more. Done at once and undone within ten seconds
 * (`onUndone` then reads the case anew); a refusal is said in a toast, where the success would be.
 */
export function useOwner(onUndone: () => unknown = () => undefined): Ownership {
  const http = useHttp()
  const api = caseApi(http)
  const session = useSession()
  const toast = useToast()
  const undo = useUndo()
  const act = useAct()

  const myId = (): AccountId | undefined => session.account?.id
  const change = async (one: Owned, ownerId: AccountId | null, done: string): Promise<boolean> => {
    const { id, version } = one
    const answer = await act.run(() => api.changeOwner(id, { ownerId, version }))
    if (answer) {
      const back = { ownerId: one.owner?.id ?? null, version: answer.version }
      undo.offerUndo({
        text: done,
        undo: async () => {
          await http.put(`/cases/${id}/owner`, back, CaseHeader)
          await onUndone()
        },
      })
    } else if (act.failure.value) {
      toast.add({ title: 'Le responsable n’a pas changé', description: act.failure.value.text, color: 'error' })
    }
    return answer !== undefined
  }
  const take = async (one: Owned): Promise<boolean> => {
    const me = myId()
    return me ? change(one, me, 'Vous prenez ce dossier en charge') : false
  }
  const letGo = (one: Owned): Promise<boolean> => change(one, null, 'Ce dossier n’a plus de responsable')
  const handOver = (one: Owned, to: Colleague): Promise<boolean> =>
    change(one, to.id, `Dossier confié à ${to.displayName}`)
  const colleagues = async (): Promise<Colleague[]> => {
    const { items } = await http.get('/coordinators', Coordinators)
    return items.filter(({ id }) => id !== myId())
  }
  return { act, myId, take, letGo, handOver, colleagues }
}
