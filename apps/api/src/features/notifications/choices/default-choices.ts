import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import type { NoticeChannel, NoticeGroup } from '@maillage/contracts/notifications/notices'

/**
 * What somebody who chose nothing receives: everything, on (the product's default; people complain of software that tells
 * nothing until it is asked to). Answers that come in are shown in Maillage alone: who coordinates has it open all day.
 */
export const defaultChannels: Record<NoticeGroup, readonly NoticeChannel[]> = {
  proposals: ['email', 'in-app'],
  slots: ['email', 'in-app'],
  directory: ['email', 'in-app'],
  answers: ['in-app'],
  desk: ['email', 'in-app'],
  alerts: ['email', 'in-app'],
  'own-requests': ['email', 'in-app'],
  account: ['email', 'in-app'],
  public: ['email', 'sms'],
}

/** Nothing rings between eight in the evening and half past seven, but what is for the same day. */
export const defaultChoices: NoticeChoices = {
  groups: {},
  quiet: { from: 20 * 60, until: 7 * 60 + 30 },
  urgentPasses: true,
  digest: { every: 'at-once' },
  mobile: null,
}

/** By which channels this person is told of what belongs to this group. */
export const channelsFor = ({ groups }: NoticeChoices, group: NoticeGroup): readonly NoticeChannel[] =>
  groups[group] ?? defaultChannels[group]
