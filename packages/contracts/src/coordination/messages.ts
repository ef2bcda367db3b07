import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { CaseId } from '../kit/ids.ts'

/** What a ward or a requester and the coordination write to each other in a case; practitioners never read it. */
export const Message = z.object({
  id: z.uuid(),
  at: Instant,
  by: z.string(),
  byRole: z.string(),
  isOwn: z.boolean(),
  /** By whom it was written to: the other side for ours, the reader for theirs. */
  isRead: z.boolean(),
  text: z.string(),
})
export type Message = z.infer<typeof Message>

export const MessageThread = z.object({ items: z.array(Message), unread: z.int(), readAt: Instant.nullable() })
export type MessageThread = z.infer<typeof MessageThread>

export const NewMessage = z.strictObject({ text: z.string().trim().min(1).max(2000) })
export type NewMessage = z.infer<typeof NewMessage>

/** Up to which message the reader has read: one that comes meanwhile stays unread. */
export const ReadMessages = z.strictObject({ upTo: z.uuid() })

/** The cases where somebody wrote and the reader has not read. */
export const UnreadMessages = z.object({
  items: z.array(z.object({ caseId: CaseId, reference: z.string(), count: z.int(), lastAt: Instant })),
})
export type UnreadMessages = z.infer<typeof UnreadMessages>
