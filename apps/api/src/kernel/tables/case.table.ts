import {
  type CaseKindName,
  type Channel,
  type Consent,
  type CoverageLine,
  caseKinds,
  channels,
  type DeadlineCode,
  type Priority,
} from '@maillage/contracts/cases'
import type { OnBehalfOf } from '@maillage/contracts/delegation/on-behalf'
import type {
  AccountId,
  CaseId,
  CptsId,
  PatientId,
  PractitionerId,
  ProposalId,
  UnitId,
} from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import {
  boolean,
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
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import { oneOf } from '../../platform/one-of.ts'
import { whatJobsLookFor } from './case-job-indexes.table.ts'
import { patients } from './patient.table.ts'

/**
 * The header that every kind shares; each kind has a one-to-one table beside it.
 * `queueAt` orders the worklist: what will be late first comes first (`infinity` when nothing runs).
 */
export const cases = pgTable(
  'cases',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<CaseId>().notNull(),
    kind: text('kind').$type<CaseKindName>().notNull(),
    reference: text('reference').notNull(),
    status: text('status').notNull(),
    statusReason: text('status_reason'),
    /** Where `resume` goes back to. */
    previousStatus: text('previous_status'),
    isOpen: boolean('is_open').notNull().default(true),
    bandRank: smallint('band_rank').notNull(),
    score: smallint('score').notNull().default(0),
    priority: jsonb('priority').$type<Priority>().notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }),
    dueCode: text('due_code').$type<DeadlineCode>(),
    queueAt: timestamp('queue_at', { withTimezone: true, mode: 'string' }).notNull().default('infinity'),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    /** Since when the person waits: kept through every return to the list. */
    registeredAt: timestamp('registered_at', { withTimezone: true }).notNull(),
    statusSince: timestamp('status_since', { withTimezone: true }).notNull(),
    /** The start of the running clock, moved on by the length of each pause. */
    clockStartedAt: timestamp('clock_started_at', { withTimezone: true }).notNull(),
    pausedAt: timestamp('paused_at', { withTimezone: true }),
    resumeAt: timestamp('resume_at', { withTimezone: true }),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    patientId: uuid('patient_id').$type<PatientId>().notNull(),
    householdSize: smallint('household_size').notNull().default(1),
    municipalityCode: text('municipality_code').notNull(),
    ownerId: uuid('owner_id').$type<AccountId>(),
    requesterId: uuid('requester_id').$type<AccountId>(),
    channel: text('channel').$type<Channel>().notNull(),
    consent: jsonb('consent').$type<z.infer<typeof Consent>>(),
    escalatedAt: timestamp('escalated_at', { withTimezone: true }),
    escalationReason: text('escalation_reason'),
    /** Somebody outside opened it and a known patient looks the same: told to coordinators only. */
    lookAlike: boolean('look_alike').notNull().default(false),
    liveProposals: smallint('live_proposals').notNull().default(0),
    coverage: jsonb('coverage').$type<CoverageLine[]>().notNull().default([]),
    version: integer('version').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'cases_pk', columns: [t.cptsId, t.id] }),
    unique('cases_reference').on(t.cptsId, t.reference),
    foreignKey({
      name: 'cases_patient',
      columns: [t.cptsId, t.patientId],
      foreignColumns: [patients.cptsId, patients.id],
    }),
    check('cases_kind_known', oneOf(t.kind, caseKinds)),
    check('cases_channel_known', oneOf(t.channel, channels)),
    check('cases_band_known', sql`${t.bandRank} between 1 and 4`),
    index('cases_queue').on(t.cptsId, t.queueAt, t.bandRank, t.openedAt, t.id).where(sql`${t.isOpen}`),
    index('cases_queue_by_kind').on(t.cptsId, t.kind, t.queueAt, t.bandRank, t.openedAt, t.id).where(sql`${t.isOpen}`),
    index('cases_queue_by_band').on(t.cptsId, t.bandRank, t.queueAt, t.openedAt, t.id).where(sql`${t.isOpen}`),
    index('cases_queue_by_municipality')
      .on(t.cptsId, t.municipalityCode, t.queueAt, t.bandRank, t.openedAt, t.id)
      .where(sql`${t.isOpen}`),
    index('cases_queue_by_owner')
      .on(t.cptsId, t.ownerId, t.queueAt, t.bandRank, t.openedAt, t.id)
      .where(sql`${t.isOpen}`),
    index('cases_queue_by_opened').on(t.cptsId, t.openedAt, t.id).where(sql`${t.isOpen}`),
    index('cases_by_kind_opened').on(t.cptsId, t.kind, t.openedAt, t.id),
    index('cases_by_status').on(t.cptsId, t.kind, t.status, t.queueAt, t.bandRank, t.openedAt, t.id),
    // The searches that may be proposed, in the order in which a practitioner is shown who waits, with what the map counts.
    index('cases_proposable')
      .on(t.cptsId, t.bandRank, t.registeredAt, t.id, t.municipalityCode, t.householdSize)
      .where(sql`${t.isOpen} and ${t.kind} = 'gp-search' and ${t.status} in ('eligible', 'proposing')`),
    // Somebody's cases that were offered and wait for an answer.
    index('cases_offered').on(t.cptsId, t.ownerId, t.id).where(sql`${t.isOpen} and ${t.liveProposals} > 0`),
    index('cases_by_patient').on(t.cptsId, t.patientId),
    index('cases_unmet')
      .on(t.cptsId, t.closedAt)
      .where(sql`${t.kind} = 'unscheduled-care' and ${t.status} = 'closed_no_solution'`),
    ...whatJobsLookFor(t),
  ],
)

export type CaseRow = typeof cases.$inferSelect

/** Cases that tell one story: the search that a discharge opened, the discharge that an unscheduled visit led to. */
export const caseLinks = pgTable(
  'case_links',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    linkedCaseId: uuid('linked_case_id').$type<CaseId>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'case_links_pk', columns: [t.cptsId, t.caseId, t.linkedCaseId] }),
    foreignKey({ name: 'case_links_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
    foreignKey({
      name: 'case_links_linked',
      columns: [t.cptsId, t.linkedCaseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    index('case_links_back').on(t.cptsId, t.linkedCaseId),
  ],
)

/** The last number given per prefix and year. Never reused; a rolled-back opening leaves a gap at worst. */
export const referenceCounters = pgTable(
  'reference_counters',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    prefix: text('prefix').notNull(),
    year: smallint('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ name: 'reference_counters_pk', columns: [t.cptsId, t.prefix, t.year] })],
)

export const participantParts = ['owner', 'requester', 'ward', 'accepted', 'gp'] as const
export type ParticipantPart = (typeof participantParts)[number]

/** Who takes part in a case, and since when: what `visibleTo` reads for every role but the coordinator. */
export const caseParticipants = pgTable(
  'case_participants',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    part: text('part').$type<ParticipantPart>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>(),
    unitId: uuid('unit_id').$type<UnitId>(),
    accountId: uuid('account_id').$type<AccountId>(),
    since: timestamp('since', { withTimezone: true }).notNull(),
    until: timestamp('until', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'case_participants_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'case_participants_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    check('case_participants_part_known', oneOf(t.part, participantParts)),
    check('case_participants_one_holder', sql`num_nonnulls(${t.practitionerId}, ${t.unitId}, ${t.accountId}) = 1`),
    index('case_participants_of_case').on(t.cptsId, t.caseId),
    index('case_participants_practitioner').on(t.cptsId, t.practitionerId, t.caseId).where(sql`${t.until} is null`),
    index('case_participants_unit').on(t.cptsId, t.unitId, t.caseId).where(sql`${t.until} is null`),
    index('case_participants_account').on(t.cptsId, t.accountId, t.caseId).where(sql`${t.until} is null`),
  ],
)

/** The case's story: written once with each act, never changed. Free text only in notes and contact attempts. */
export const caseEvents = pgTable(
  'case_events',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    type: text('type').notNull(),
    action: text('action').notNull(),
    actorId: uuid('actor_id').$type<AccountId>(),
    actorRole: text('actor_role').notNull(),
    fromStatus: text('from_status'),
    toStatus: text('to_status'),
    reason: text('reason'),
    text: text('text'),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>(),
    /** Codes and ids that the sentence on the screen needs. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    /** In whose place the actor acted, and who said it on the phone. */
    onBehalf: jsonb('on_behalf').$type<OnBehalfOf>(),
  },
  (t) => [
    primaryKey({ name: 'case_events_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'case_events_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
    index('case_events_story').on(t.cptsId, t.caseId, t.at, t.id),
    // What the team wrote lately, whatever the case.
    index('case_events_written')
      .on(t.cptsId, t.at, t.id)
      .where(sql`${t.text} is not null and ${t.type} in ('note', 'contact-attempt')`),
    index('case_events_messages').on(t.cptsId, t.caseId, t.id).where(sql`${t.type} = 'message'`),
  ],
)

/** Callbacks: « rappeler demain 14 h ». The earliest open one enters the case's `queueAt`. */
export const reminders = pgTable(
  'reminders',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    text: text('text').notNull(),
    assigneeId: uuid('assignee_id').$type<AccountId>(),
    /** The proposal whose answer is to be asked by phone; done when it is answered. */
    proposalId: uuid('proposal_id').$type<ProposalId>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    doneAt: timestamp('done_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'reminders_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'reminders_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
    index('reminders_open').on(t.cptsId, t.caseId, t.dueAt).where(sql`${t.doneAt} is null`),
    index('reminders_due').on(t.cptsId, t.dueAt, t.id).where(sql`${t.doneAt} is null`),
  ],
)
