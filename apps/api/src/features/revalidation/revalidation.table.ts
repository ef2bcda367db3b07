import type { AccountId, CaseId, CptsId, RevalidationCampaignId, RevalidationId } from '@maillage/contracts/kit/ids'
import {
  type AskingChannel,
  answeredBy,
  askingChannels,
  type CampaignPart,
  type RevalidationAnswer,
  type RevalidationStatus,
  revalidationAnswers,
  revalidationStatuses,
} from '@maillage/contracts/revalidation'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { cases } from '../../kernel/tables/case.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { oneOf } from '../../platform/one-of.ts'

/** A part of the list that a coordinator had asked at once. */
export const revalidationCampaigns = pgTable(
  'revalidation_campaigns',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<RevalidationCampaignId>().notNull(),
    part: jsonb('part').$type<CampaignPart>().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    startedBy: uuid('started_by').$type<AccountId>(),
  },
  (t) => [
    primaryKey({ name: 'revalidation_campaigns_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'revalidation_campaigns_started_by', columns: [t.startedBy], foreignColumns: [accounts.id] }),
    index('revalidation_campaigns_lately').on(t.cptsId, t.startedAt),
  ],
)

/** One asking of one search, from the first message to its answer or its end; one at a time for each. */
export const revalidations = pgTable(
  'revalidations',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<RevalidationId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    /** Null: asked because ninety days had gone by. */
    campaignId: uuid('campaign_id').$type<RevalidationCampaignId>(),
    status: text('status').$type<RevalidationStatus>().notNull(),
    /** The next way of asking; that of the last one once all was tried. */
    channel: text('channel').$type<AskingChannel>(),
    /** When the next step is due. */
    nextAt: timestamp('next_at', { withTimezone: true }).notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    /** When all attempts and the grace will be over, as the delays stood when it began: until then its search is not late. */
    answerBy: timestamp('answer_by', { withTimezone: true }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    answer: text('answer').$type<RevalidationAnswer>(),
    answeredBy: text('answered_by').$type<(typeof answeredBy)[number]>(),
    /** What the last gesture at the desk replaced, for it to be taken back; null once something else followed. */
    before: jsonb('before').$type<RevalidationBefore>(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'revalidations_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'revalidations_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    foreignKey({
      name: 'revalidations_campaign',
      columns: [t.cptsId, t.campaignId],
      foreignColumns: [revalidationCampaigns.cptsId, revalidationCampaigns.id],
    }),
    check('revalidations_status_known', oneOf(t.status, revalidationStatuses)),
    check('revalidations_channel_known', oneOf(t.channel, askingChannels)),
    check('revalidations_answer_known', oneOf(t.answer, revalidationAnswers)),
    check('revalidations_answered_by_known', oneOf(t.answeredBy, answeredBy)),
    check('revalidations_end', sql`(${t.status} in ('answered', 'closed', 'ended')) = (${t.endedAt} is not null)`),
    uniqueIndex('revalidations_one_at_a_time').on(t.cptsId, t.caseId).where(sql`${t.endedAt} is null`),
    index('revalidations_of_case').on(t.cptsId, t.caseId, t.startedAt),
    index('revalidations_due').on(t.cptsId, t.nextAt, t.id).where(sql`${t.status} in ('asking', 'grace')`),
    index('revalidations_to_reach').on(t.cptsId, t.nextAt, t.id).where(sql`${t.status} = 'to-reach'`),
    index('revalidations_of_campaign').on(t.cptsId, t.campaignId, t.startedAt),
  ],
)

export type RevalidationRow = typeof revalidations.$inferSelect

/** What a gesture at the desk replaced. */
export interface RevalidationBefore {
  readonly status: RevalidationStatus
  readonly channel: AskingChannel | null
  readonly nextAt: string
  readonly attemptId: string | null
  readonly confirmedAt: string | null
}

/** One attempt: a message that left, a call without answer, a letter that was posted. */
export const revalidationAttempts = pgTable(
  'revalidation_attempts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    revalidationId: uuid('revalidation_id').$type<RevalidationId>().notNull(),
    channel: text('channel').$type<AskingChannel>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    by: uuid('by').$type<AccountId>(),
    /** First, second, third: two runs at once make no attempt twice. */
    number: smallint('number').notNull(),
  },
  (t) => [
    primaryKey({ name: 'revalidation_attempts_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'revalidation_attempts_revalidation',
      columns: [t.cptsId, t.revalidationId],
      foreignColumns: [revalidations.cptsId, revalidations.id],
    }),
    foreignKey({ name: 'revalidation_attempts_by', columns: [t.by], foreignColumns: [accounts.id] }),
    check('revalidation_attempts_channel_known', oneOf(t.channel, askingChannels)),
    uniqueIndex('revalidation_attempts_in_order').on(t.cptsId, t.revalidationId, t.number),
  ],
)
