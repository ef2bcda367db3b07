import type { DelegationRight } from '@maillage/contracts/roles'
import type { NoticeKind } from '../../../kernel/notices/notice-kinds.ts'
import { noticeKindOf } from '../../../kernel/notices/notice-kinds.ts'

/** What a return told to a médecin traitant is about: somebody whom they follow. */
const ofFollowed: readonly NoticeKind[] = ['visit-told-gp']

/**
 * By which right a secretary is told what their practitioner is told; null for what is the practitioner's own (their card,
 * their account, what they asked for). The same rights open the screens that the messages lead to.
 */
export function rightToBeTold(kind: string): DelegationRight | null {
  if (ofFollowed.some((one) => one === kind)) return 'follow-patients'
  const group = noticeKindOf(kind)?.group
  if (group === 'proposals') return 'answer-proposals'
  return group === 'slots' ? 'slots' : null
}
