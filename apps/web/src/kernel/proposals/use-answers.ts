import type { CaseHeader } from '@maillage/contracts/cases'
import { OwnProposal, type Proposal } from '@maillage/contracts/proposals'
import { useToast } from '@nuxt/ui/composables'
import { useHttp } from '../../platform/http.ts'
import type { OpenCase } from '../use-case.ts'

export type AnswerKind = 'acceptance' | 'decline' | 'withdrawal' | 'release' | 'reconfirmation'

const doneWords: Record<AnswerKind, string> = {
  acceptance: 'Acceptation notée',
  decline: 'Refus noté',
  withdrawal: 'Proposition retirée',
  release: 'Patient rendu\u00A0: la place est libérée',
  reconfirmation: 'Confirmation notée',
}

/** Answers given by phone, noted « au nom de », and proposals taken back; the case is read anew after each. */
export function useAnswers<T extends CaseHeader>(
  open: OpenCase<T>,
): { send: (proposal: Proposal, kind: AnswerKind, body: Record<string, unknown>) => Promise<boolean> } {
  const http = useHttp()
  const toast = useToast()
  const send = async (proposal: Proposal, kind: AnswerKind, body: Record<string, unknown>): Promise<boolean> => {
    const { version } = proposal
    const answer = await open.write(() =>
      http.post(`/proposals/${proposal.id}/${kind}`, { ...body, version }, OwnProposal),
    )
    if (!answer) return false
    toast.add({ title: doneWords[kind], icon: 'i-lucide-check', color: 'success' })
    return true
  }
  return { send }
}
