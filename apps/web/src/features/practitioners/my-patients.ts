import { foldName } from '@maillage/contracts/kit/identifiers'
import type { OwnProposal } from '@maillage/contracts/proposals'
import { offeredActs } from '../../kernel/acts/act-forms.ts'
import type { AnyCase } from '../../kernel/acts/case-paths.ts'
import { statusLook } from '../../kernel/status-looks.ts'
import { momentInWords } from '../../ui/words/dates.ts'

export interface FollowedPatient {
  proposal: OwnProposal
  /** Undefined once the case is closed: nothing more is asked. */
  followed: AnyCase | undefined
}

/** The accepted patients, those whose next step is due first, then the others by name. */
export function followedPatients(accepted: readonly OwnProposal[], open: readonly AnyCase[]): FollowedPatient[] {
  const byId = new Map(open.map((one) => [String(one.id), one]))
  const rank = (patient: FollowedPatient): number => {
    if (patient.proposal.reconfirmation === 'pending') return 0
    return isToDo(patient) ? 1 : 2
  }
  const due = ({ followed }: FollowedPatient): string => followed?.dueAt ?? '9'
  return accepted
    .map((proposal) => ({ proposal, followed: proposal.caseId ? byId.get(String(proposal.caseId)) : undefined }))
    .sort((a, b) => rank(a) - rank(b) || due(a).localeCompare(due(b)))
}

/** Something is still asked of the doctor: a date to give, a visit to note, a declaration. */
export function isToDo({ followed, proposal }: FollowedPatient): boolean {
  if (proposal.reconfirmation === 'pending') return true
  return followed !== undefined && offeredActs(followed.kind, followed.allowedActions, 'unknown').length > 0
}

/** Does the name, or the reference, hold what was typed? The words stay in the page: never in its address. */
export function isNamed({ proposal }: FollowedPatient, typed: string): boolean {
  const name = foldName(`${proposal.contact?.displayName ?? ''} ${proposal.reference}`)
  return foldName(typed)
    .split(' ')
    .every((word) => name.includes(word))
}

/** « RDV fixé, demain 9:00 »: where it stands, and the visit if there is one. */
export function standingInWords({ proposal, followed }: FollowedPatient, now: Date): string {
  const { label } = statusLook(proposal.kind, followed?.status ?? proposal.caseStatus ?? '')
  const visit = visitOf({ proposal, followed })
  return visit ? `${label}, ${momentInWords(visit, now)}` : label
}

/** When the first visit is, or was. */
export function visitOf({ proposal, followed }: FollowedPatient): Date | undefined {
  const onCase = followed?.kind === 'gp-search' ? followed.visitAt : null
  const at = onCase ?? proposal.appointmentAt ?? proposal.firstVisitAt
  return at ? new Date(at) : undefined
}
