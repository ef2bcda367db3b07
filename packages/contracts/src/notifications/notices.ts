import * as z from 'zod'
import { Instant } from '../kit/dates.ts'

/** By what a message goes; `in-app` is shown in Maillage alone. */
export const noticeChannels = ['email', 'sms', 'in-app'] as const
export const NoticeChannel = z.enum(noticeChannels)
export type NoticeChannel = z.infer<typeof NoticeChannel>

/** By what a message may have gone: as people choose, or by MSSanté, which nobody chooses and which alone carries health data. */
export const deliveryChannels = [...noticeChannels, 'mssante'] as const
export const DeliveryChannel = z.enum(deliveryChannels)
export type DeliveryChannel = z.infer<typeof DeliveryChannel>

/** What a message became: still to go, gone, refused by the other side for good, given up after the last try, no longer wanted. */
export const deliveryStatuses = ['waiting', 'sent', 'refused', 'given-up', 'dropped'] as const
export const DeliveryStatus = z.enum(deliveryStatuses)
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

/**
 * Kinds of messages go by groups, which is what a person chooses about: what is proposed to them, slots, their own card of
 * the directory, answers that come in, work that waits at the desk, urgent requests that nobody opened, what becomes of
 * one's own requests, one's account. `public`: patients and people without an account, who have no choice to make here.
 */
export const noticeGroups = [
  'proposals',
  'slots',
  'directory',
  'answers',
  'desk',
  'alerts',
  'own-requests',
  'account',
  'public',
] as const
export const NoticeGroup = z.enum(noticeGroups)
export type NoticeGroup = z.infer<typeof NoticeGroup>

/** Where a message leads, inside Maillage. */
export const NoticeTarget = z.object({
  to: z.enum(['proposal', 'page']),
  /** Of the proposal. */
  id: z.string().nullable(),
  /** Of the page. */
  path: z.string().nullable(),
})
export type NoticeTarget = z.infer<typeof NoticeTarget>

/** A message as it is shown in Maillage. */
export const ReceivedNotice = z.object({
  id: z.uuid(),
  at: Instant,
  group: NoticeGroup,
  subject: z.string(),
  isRead: z.boolean(),
  target: NoticeTarget.nullable(),
})
export type ReceivedNotice = z.infer<typeof ReceivedNotice>

/**
 * How many messages were not looked at yet; and, for whoever coordinates, how many did not arrive and wait for somebody to
 * deal with them. Both counted up to 100.
 */
export const UnreadNotices = z.object({ unread: z.int(), undelivered: z.int() })
export type UnreadNotices = z.infer<typeof UnreadNotices>

/** Everything up to this message was looked at. */
export const ReadNotices = z.strictObject({ until: z.uuid() })

/** What a link of a message holds. */
export const OpenLink = z.strictObject({ token: z.string().min(1).max(200) })

/** The words of a kind of message. */
export const NoticeWords = z.strictObject({
  subject: z.string().trim().min(1).max(150),
  text: z.string().trim().min(1).max(2000),
  action: z.string().trim().min(1).max(60),
  short: z.string().trim().min(1).max(120),
})
export type NoticeWords = z.infer<typeof NoticeWords>

/** A kind of message with its words in force; version 0: the product's own, never reworded. */
export const NoticeTemplate = z.object({
  kind: z.string(),
  label: z.string(),
  group: NoticeGroup,
  /** What the words may quote. */
  placeholders: z.array(z.string()),
  words: NoticeWords,
  defaults: NoticeWords,
  isReworded: z.boolean(),
  version: z.int(),
  writtenBy: z.string().nullable(),
  writtenAt: Instant.nullable(),
})
export type NoticeTemplate = z.infer<typeof NoticeTemplate>
export const NoticeTemplates = z.object({ items: z.array(NoticeTemplate) })
export const NoticeKindParams = z.object({ kind: z.string().max(60) })

/** Null words: back to the product's own. */
export const ChangeNoticeTemplate = z.strictObject({ words: NoticeWords.nullable(), version: z.int().min(0) })
export type ChangeNoticeTemplate = z.infer<typeof ChangeNoticeTemplate>

/** What stands in the way of some words: which part, a code, and the word that it is about. */
export const WordsFault = z.object({
  part: z.enum(['subject', 'text', 'action', 'short']),
  code: z.enum(['unknown-placeholder', 'broken-placeholder', 'forbidden-word', 'address', 'several-lines']),
  what: z.string(),
})
export type WordsFault = z.infer<typeof WordsFault>

/** How words will look, with invented values; and their faults, when they may not be kept. */
export const NoticePreview = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  short: z.string(),
  faults: z.array(WordsFault),
})
export type NoticePreview = z.infer<typeof NoticePreview>
export const PreviewNotice = z.strictObject({ words: NoticeWords })

/** A message that did not arrive, for whoever may do something about it. */
export const UndeliveredNotice = z.object({
  id: z.uuid(),
  at: Instant,
  label: z.string(),
  channel: DeliveryChannel,
  why: z.enum(['refused', 'given-up']),
  address: z.string(),
  /** Whose address it is, where it is known. */
  person: z.string().nullable(),
  patientId: z.string().nullable(),
})
export type UndeliveredNotice = z.infer<typeof UndeliveredNotice>
export const OneNotice = z.object({ id: z.uuid() })

/** A line of the log: to whom, by what, when, with what end. Neither what it said nor a patient's name or address. */
export const SentNotice = z.object({
  id: z.uuid(),
  at: Instant,
  label: z.string(),
  group: NoticeGroup,
  channel: DeliveryChannel,
  status: DeliveryStatus,
  attempts: z.int(),
  sentAt: Instant.nullable(),
  /** The account's name; null for a patient or an address that somebody gave. */
  account: z.string().nullable(),
})
export type SentNotice = z.infer<typeof SentNotice>
