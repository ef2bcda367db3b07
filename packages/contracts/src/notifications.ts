import * as z from 'zod'

/** By what a message goes. `mssante` is the secure mail of health professionals, between addresses of its own alone. */
export const noticeChannels = ['email', 'sms', 'in-app', 'mssante'] as const
export const NoticeChannel = z.enum(noticeChannels)
export type NoticeChannel = z.infer<typeof NoticeChannel>

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
