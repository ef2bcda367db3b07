import * as z from 'zod'
import { CaseKindName } from '../cases.ts'
import { Instant } from '../kit/dates.ts'

/** What may change on an open screen: a case, a proposal addressed to the reader, who is reading a case, a message to them. */
export const liveSubjects = ['case', 'proposal', 'presence', 'notice'] as const

/**
 * One change: ids and kinds, never content. `version` and `entry` (the latest line of the story, a sortable id) tell a
 * change already known from a new one: the same change may be told twice, after a reconnection.
 */
export const LiveChange = z.object({
  what: z.enum(liveSubjects),
  /** The case, the proposal, or the message. */
  id: z.uuid(),
  /** Null for a proposal: before acceptance its case is nobody's to know; and for a message. */
  kind: CaseKindName.nullable(),
  version: z.int().nullable(),
  entry: z.uuid().nullable(),
  /** Done by the very account that reads: here, or on another of its screens. */
  own: z.boolean(),
})
export type LiveChange = z.infer<typeof LiveChange>
export const LiveChanges = z.array(LiveChange)

/** The same news for whom no stream reaches. `reset`: too much was missed to be listed, read everything anew. */
export const LiveAnswer = z.object({ id: z.string(), reset: z.boolean(), changes: LiveChanges })
export type LiveAnswer = z.infer<typeof LiveAnswer>

/** Why the server ends a stream: each calls for another answer of the reader. */
export const liveEnds = ['token', 'membership', 'session', 'slow', 'closing'] as const
export const LiveEnd = z.object({ reason: z.enum(liveEnds) })
export type LiveEnd = z.infer<typeof LiveEnd>

/** The names of the stream's events. */
export const liveEvents = ['hello', 'changes', 'beat', 'reset', 'end'] as const

/** `Last-Event-ID`: where the reader left off, as the server named it. */
export const LiveHeaders = z.object({ 'last-event-id': z.string().max(100).optional() })

/** Who else has the case open, and what happened since the caller last looked, before this visit. */
export const CaseReading = z.object({
  readers: z.array(z.object({ displayName: z.string() })),
  lastSeenAt: Instant.nullable(),
  /** Lines that others added to the story since then, of those that the caller may read. */
  changesSince: z.int(),
})
export type CaseReading = z.infer<typeof CaseReading>
