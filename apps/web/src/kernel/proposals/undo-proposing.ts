import type { CaseHeader } from '@maillage/contracts/cases'
import { OwnProposal, type Proposal } from '@maillage/contracts/proposals'
import { useHttp } from '../../platform/http.ts'
import { useUndo } from '../../platform/undo.ts'
import { undoWrite } from '../acts/undo-write.ts'
import type { OpenCase } from '../use-case.ts'

/** Offers to take back what was just proposed: each offer is withdrawn, the last of a sequence first, so that none goes on. */
export function useUndoProposing<T extends CaseHeader>(
  open: OpenCase<T>,
): (text: string, sent: readonly Pick<Proposal, 'id' | 'version'>[]) => void {
  const http = useHttp()
  const undo = useUndo()
  const withdraw = async (sent: readonly Pick<Proposal, 'id' | 'version'>[]): Promise<void> => {
    for (const { id, version } of sent.toReversed()) {
      await http.post(`/proposals/${id}/withdrawal`, { version }, OwnProposal)
    }
  }
  return (text, sent) => undo.offerUndo({ text, undo: () => undoWrite(open, () => withdraw(sent)) })
}
