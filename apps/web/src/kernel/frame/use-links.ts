import { CaseHeader, type NeighbourCase } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { useHttp } from '../../platform/http.ts'
import { useUndo } from '../../platform/undo.ts'
import { undoWrite } from '../acts/undo-write.ts'
import type { OpenCase } from '../use-case.ts'

export interface Links {
  /** Ties the case to the one that this reference names; false when it was refused, which the case's act then says. */
  link: (reference: string) => Promise<boolean>
  unlink: (other: NeighbourCase) => Promise<boolean>
}

/** Ties and unties cases of one story by hand; each can be put back. */
export function useLinks<T extends CaseHeader>(open: OpenCase<T>, header: () => T): Links {
  const http = useHttp()
  const undo = useUndo()
  const here = (): string => `/cases/${header().id}/links`
  const tie = (reference: string) => (version: number) => http.post(here(), { reference, version }, CaseHeader)
  const untie = (id: CaseId) => () => http.delete(`${here()}/${id}`, CaseHeader)

  const link = async (reference: string): Promise<boolean> => {
    const answer = await open.write(tie(reference))
    const other = answer?.linkedCases.find((one) => one.reference === reference)
    if (other) {
      undo.offerUndo({ text: `Dossier lié à ${reference}`, undo: () => undoWrite(open, untie(other.id)) })
    }
    return answer !== undefined
  }
  const unlink = async (other: NeighbourCase): Promise<boolean> => {
    const answer = await open.write(untie(other.id))
    if (answer) {
      undo.offerUndo({
        text: `Lien avec ${other.reference} retiré`,
        undo: () => undoWrite(open, tie(other.reference)),
      })
    }
    return answer !== undefined
  }
  return { link, unlink }
}
