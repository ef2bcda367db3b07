import type { OnBehalf } from '@maillage/contracts/delegation/on-behalf'
import type { AccountId, CaseId, CptsId, NeedId, PractitionerId, ProposalId, TeamId } from '@maillage/contracts/kit/ids'
import { type ProposalMode, type ProposalStatus, proposalModes, proposalStatuses } from '@maillage/contracts/proposals'
import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { oneOf } from '../../platform/one-of.ts'
import { cases } from './case.table.ts'
import { practitioners } from './practitioner.table.ts'
import { teams } from './team.table.ts'

export type Reconfirmation = 'none' | 'pending' | 'confirmed'

/** A case, or one need of it, offered to a practitioner. A round is what was sent together. */
export const proposals = pgTable(
  'proposals',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<ProposalId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    needId: uuid('need_id').$type<NeedId>(),
    roundId: uuid('round_id').notNull(),
    mode: text('mode').$type<ProposalMode>().notNull(),
    rank: smallint('rank').notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    status: text('status').$type<ProposalStatus>().notNull(),
    /** How long an answer may take once sent; null for the product's default of the case. */
    windowMs: bigint('window_ms', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    createdBy: uuid('created_by').$type<AccountId>(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    answeredAt: timestamp('answered_at', { withTimezone: true }),
    answeredBy: uuid('answered_by').$type<AccountId>(),
    onBehalf: jsonb('on_behalf').$type<OnBehalf>(),
    reason: text('reason'),
    reasonText: text('reason_text'),
    previewNote: text('preview_note'),
    /** Between commune centres when it was offered, in hectometres; null when a commune has no known coordinates. */
    distanceHm: integer('distance_hm'),
    firstVisitAt: timestamp('first_visit_at', { withTimezone: true }),
    appointmentAt: timestamp('appointment_at', { withTimezone: true }),
    reconfirmation: text('reconfirmation').$type<Reconfirmation>().notNull().default('none'),
    reconfirmBy: timestamp('reconfirm_by', { withTimezone: true }),
    /** Places that the acceptance takes, and from which declaration of the practitioner; 0 when none is counted. */
    placesTaken: smallint('places_taken').notNull().default(0),
    capacityPeriod: integer('capacity_period'),
    /** Set instead of `capacityPeriod` when the places are the team's. */
    teamId: uuid('team_id').$type<TeamId>(),
    teamPeriod: integer('team_period'),
    version: integer('version').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'proposals_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'proposals_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
    foreignKey({
      name: 'proposals_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    foreignKey({ name: 'proposals_team', columns: [t.cptsId, t.teamId], foreignColumns: [teams.cptsId, teams.id] }),
    check('proposals_mode_known', oneOf(t.mode, proposalModes)),
    check('proposals_status_known', oneOf(t.status, proposalStatuses)),
    // The belt under the locks: a case, or a need, is accepted once.
    uniqueIndex('proposals_one_accepted')
      .on(t.cptsId, t.caseId)
      .where(sql`${t.status} = 'accepted' and ${t.needId} is null`),
    uniqueIndex('proposals_one_accepted_need')
      .on(t.cptsId, t.needId)
      .where(sql`${t.status} = 'accepted' and ${t.needId} is not null`),
    index('proposals_of_case').on(t.cptsId, t.caseId, t.createdAt),
    index('proposals_of_practitioner').on(t.cptsId, t.practitionerId, t.status, t.sentAt),
    // What acceptances took of the present declaration of places.
    index('proposals_taken').on(t.cptsId, t.practitionerId, t.capacityPeriod).where(sql`${t.status} = 'accepted'`),
    index('proposals_taken_of_team')
      .on(t.cptsId, t.teamId, t.teamPeriod)
      .where(sql`${t.status} = 'accepted' and ${t.teamId} is not null`),
    index('proposals_by_status').on(t.cptsId, t.status, t.createdAt, t.id),
    index('proposals_answered').on(t.cptsId, t.answeredAt, t.id).where(sql`${t.answeredAt} is not null`),
    index('proposals_to_reconfirm')
      .on(t.cptsId, t.reconfirmBy, t.id)
      .where(sql`${t.status} = 'accepted' and ${t.reconfirmation} = 'pending'`),
    index('proposals_running').on(t.expiresAt).where(sql`${t.status} = 'pending'`),
  ],
)

export type ProposalRow = typeof proposals.$inferSelect
