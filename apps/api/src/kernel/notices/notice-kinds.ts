import { accountNotices } from './kinds/account-notices.ts'
import { delegationNotices } from './kinds/delegation-notices.ts'
import { deskNotices } from './kinds/desk-notices.ts'
import { directoryNotices } from './kinds/directory-notices.ts'
import { partnerNotices } from './kinds/partner-notices.ts'
import { proposalNotices } from './kinds/proposal-notices.ts'
import { publicNotices } from './kinds/public-notices.ts'
import { secureNotices } from './kinds/secure-notices.ts'
import { securityNotices } from './kinds/security-notices.ts'
import { slotNotices } from './kinds/slot-notices.ts'
import { trailNotices } from './kinds/trail-notices.ts'
import type { NoticeKindOf } from './notice-kind.ts'

/**
 * Every kind of message and its words in French, by topic. `{{ cpts }}` is the CPTS's name; `{{ nombre }}` a value of the
 * kind; `{{ nombre : message attend : messages attendent }}` the count with its noun. A slice that tells something new
 * adds its line in `kinds/`; a test reads all words for what must never stand in a mailbox.
 */
export const noticeKinds = {
  ...accountNotices,
  ...proposalNotices,
  ...slotNotices,
  ...deskNotices,
  ...publicNotices,
  ...directoryNotices,
  ...delegationNotices,
  ...partnerNotices,
  ...secureNotices,
  ...securityNotices,
  ...trailNotices,
} as const satisfies Record<string, NoticeKindOf>

export type NoticeKind = keyof typeof noticeKinds

/** The definition of a kind; undefined for one that was taken out since. */
export const noticeKindOf = (kind: string): NoticeKindOf | undefined =>
  Object.hasOwn(noticeKinds, kind) ? noticeKinds[kind as NoticeKind] : undefined
