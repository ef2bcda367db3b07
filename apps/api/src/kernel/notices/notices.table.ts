import type { AccountId, CptsId, PatientId, PractitionerId } from '@maillage/contracts/kit/ids'
import {
  type DeliveryChannel,
  type DeliveryStatus,
  deliveryChannels,
  deliveryStatuses,
} from '@maillage/contracts/notifications/notices'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { accounts } from '../tables/cpts.table.ts'

/** Something to tell somebody, written with the act that gave the reason: counts, days and ids, nothing of anybody's health. */
export const notices = pgTable(
  'notices',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    accountId: uuid('account_id').$type<AccountId>(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>(),
    patientId: uuid('patient_id').$type<PatientId>(),
    email: text('email'),
    phone: text('phone'),
    /** What it is about: it finds the notice again, and never leaves in a message. */
    about: uuid('about'),
    /** The same thing is told once. */
    key: text('key'),
    values: jsonb('values').$type<Record<string, string | number>>().notNull(),
    link: jsonb('link').$type<{ purpose: string; subjectId: string; days: number } | { path: string }>(),
    sendAt: timestamp('send_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** When it was shared out between people and channels. */
    spreadAt: timestamp('spread_at', { withTimezone: true }),
    cancelledAt: timestamp('cancelled_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'notices_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'notices_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
    uniqueIndex('notices_once').on(t.cptsId, t.key).where(sql`${t.key} is not null`),
    index('notices_about').on(t.cptsId, t.about).where(sql`${t.about} is not null and ${t.spreadAt} is null`),
    index('notices_call_sheets').on(t.cptsId, t.about).where(sql`${t.kind} = 'call-sheet'`),
    check(
      'notices_one_recipient',
      sql`num_nonnulls(${t.accountId}, ${t.practitionerId}, ${t.patientId}, ${t.email}, ${t.phone}) = 1`,
    ),
  ],
)

/** One notice to one person by one channel: when it is due, how often it was tried, what became of it. */
export const noticeDeliveries = pgTable(
  'notice_deliveries',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    noticeId: uuid('notice_id').notNull(),
    channel: text('channel').$type<DeliveryChannel>().notNull(),
    accountId: uuid('account_id').$type<AccountId>(),
    patientId: uuid('patient_id').$type<PatientId>(),
    /** Where it goes; null inside Maillage. */
    address: text('address'),
    status: text('status').$type<DeliveryStatus>().notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    attempts: smallint('attempts').notNull().default(0),
    /** A code, never what a server said: that may quote an address. */
    failure: text('failure'),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    /** Inside Maillage: when it was looked at. */
    readAt: timestamp('read_at', { withTimezone: true }),
    /** Of what did not arrive: when somebody did what had to be done. */
    handledAt: timestamp('handled_at', { withTimezone: true }),
    handledBy: uuid('handled_by').$type<AccountId>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'notice_deliveries_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'notice_deliveries_notice',
      columns: [t.cptsId, t.noticeId],
      foreignColumns: [notices.cptsId, notices.id],
    }).onDelete('cascade'),
    foreignKey({ name: 'notice_deliveries_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
    check('notice_deliveries_channel_known', oneOf(t.channel, deliveryChannels)),
    check('notice_deliveries_status_known', oneOf(t.status, deliveryStatuses)),
    index('notice_deliveries_of_notice').on(t.cptsId, t.noticeId),
    index('notice_deliveries_due').on(t.dueAt).where(sql`${t.status} = 'waiting'`),
    index('notice_deliveries_inside')
      .on(t.cptsId, t.accountId, t.id)
      .where(sql`${t.channel} = 'in-app' and ${t.status} = 'sent'`),
    index('notice_deliveries_undelivered')
      .on(t.cptsId, t.id)
      .where(sql`${t.status} in ('refused', 'given-up') and ${t.handledAt} is null`),
  ],
)
