import type * as z from 'zod'
import type { OperationExamples } from '../examples/operation-examples.ts'
import { exampleIds } from '../examples/people.ts'
import type { ChangeNoticeChoices, NoticeChoices, OwnNoticeChoices } from './notice-choices.ts'
import type {
  NoticePreview,
  NoticeTemplate,
  NoticeWords,
  ReceivedNotice,
  SentNotice,
  UndeliveredNotice,
} from './notices.ts'

const target = { to: 'proposal', id: exampleIds.proposal, path: null } as const

const received = {
  id: exampleIds.event,
  at: '2026-03-02T09:00:00.000Z',
  group: 'proposals',
  subject: 'Une nouvelle proposition vous attend',
  isRead: false,
  target,
} as const satisfies z.input<typeof ReceivedNotice>

const choices = {
  groups: { proposals: ['email', 'sms', 'in-app'] },
  quiet: { from: 1200, until: 450 },
  urgentPasses: true,
  digest: { every: 'at-once' },
  mobile: '+33639980012',
} satisfies z.input<typeof NoticeChoices>

const own = {
  choices,
  version: 1,
  groups: [{ group: 'proposals', channels: ['email', 'in-app'], kinds: ['Une proposition vous est faite'] }],
  email: 'medecin@demo.maillage.example',
  timeZone: 'Europe/Paris',
} satisfies z.input<typeof OwnNoticeChoices>

const words = {
  subject: 'Une nouvelle proposition vous attend',
  text: 'La {{ cpts }} vous fait une proposition.',
  action: 'Voir la proposition',
  short: 'Une nouvelle proposition vous attend.',
} as const satisfies z.input<typeof NoticeWords>

const template = {
  kind: 'proposal-received',
  label: 'Une proposition vous est faite',
  group: 'proposals',
  placeholders: ['cpts'],
  words,
  defaults: words,
  isReworded: false,
  version: 0,
  writtenBy: null,
  writtenAt: null,
} satisfies z.input<typeof NoticeTemplate>

const sent = {
  id: exampleIds.event,
  at: '2026-03-02T09:00:00.000Z',
  label: template.label,
  group: 'proposals',
  channel: 'email',
  status: 'sent',
  attempts: 1,
  sentAt: '2026-03-02T09:00:02.000Z',
  account: 'Dr Alix Exemple',
} as const satisfies z.input<typeof SentNotice>

const undelivered = {
  id: exampleIds.event,
  at: '2026-03-02T09:00:00.000Z',
  label: template.label,
  channel: 'email',
  why: 'refused',
  address: 'cabinet@exemple.invalid',
  person: 'Dr Alix Exemple',
  patientId: null,
} as const satisfies z.input<typeof UndeliveredNotice>

const preview = {
  subject: words.subject,
  text: 'La CPTS d’exemple vous fait une proposition.',
  html: '<!doctype html>…',
  short: words.short,
  faults: [],
} satisfies z.input<typeof NoticePreview>

/** What people are told, how they choose it, and what is done about what did not arrive. */
export const notificationExamples = {
  getNotifications: { answer: { items: [received], next: null } },
  getNotificationsUnread: { answer: { unread: 3, undelivered: 0 } },
  postNotificationsReading: { bodies: { all: { until: exampleIds.event } }, answer: { unread: 0, undelivered: 0 } },
  getNotificationChoices: { answer: own },
  putNotificationChoices: {
    bodies: { nights: { choices, version: 0 } satisfies z.input<typeof ChangeNoticeChoices> },
    answer: own,
  },
  postNotificationTrials: {},
  postNotificationLinksOpening: {
    bodies: { proposal: { token: 'AZOw8nweezqcVS9vCk8cAUQ2xkX0mS8c4oVtq3bq2Jm7k9z0y1w2v3u4t5s6r7q8' } },
    answer: target,
  },
  getUndeliveredMessages: { answer: { items: [undelivered], next: null } },
  postUndeliveredMessagesByIdHandling: {},
  getMessageDeliveries: { answer: { items: [sent], next: null } },
  getMessageTemplates: { answer: { items: [template] } },
  putMessageTemplatesByKind: {
    bodies: { reword: { words, version: 0 }, reset: { words: null, version: 1 } },
    answer: { ...template, isReworded: true, version: 1 },
  },
  postMessageTemplatesByKindPreview: { bodies: { words: { words } }, answer: preview },
} satisfies OperationExamples
