import type { AccountId, CaseId, CptsId, PatientId, PractitionerId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'

export const auditOutcomes = ['done', 'refused'] as const

/**
 * Who saw or did what: ids, statuses and codes, never a name nor free text. Insert-only for the API's role.
 * `position` orders the rows for the sealing job.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    position: bigint('position', { mode: 'number' }).generatedAlwaysAsIdentity({ name: 'audit_entries_position' }),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** The database's own clock: when the line was written, whatever clock the act was given. */
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
    actorId: uuid('actor_id').$type<AccountId>(),
    role: text('role').notNull(),
    action: text('action').notNull(),
    caseId: uuid('case_id').$type<CaseId>(),
    patientId: uuid('patient_id').$type<PatientId>(),
    fromStatus: text('from_status'),
    toStatus: text('to_status'),
    outcome: text('outcome').$type<(typeof auditOutcomes)[number]>().notNull(),
    onBehalf: boolean('on_behalf').notNull().default(false),
    /** The practitioner in whose place the actor acted. */
    onBehalfOf: uuid('on_behalf_of').$type<PractitionerId>(),
    requestId: text('request_id'),
    /** The cases and patients that a page or a search showed, by their ids: one line a page, however many it names. */
    shown: uuid('shown').array(),
  },
  (t) => [
    primaryKey({ name: 'audit_entries_pk', columns: [t.cptsId, t.id] }),
    check('audit_entries_outcome_known', oneOf(t.outcome, auditOutcomes)),
    index('audit_entries_in_order').on(t.cptsId, t.position),
    index('audit_entries_recent').on(t.cptsId, t.at, t.id),
    index('audit_entries_of_case').on(t.cptsId, t.caseId, t.at, t.id),
    // What was done in a practitioner's place: few lines of a long trail.
    index('audit_entries_on_behalf').on(t.cptsId, t.onBehalfOf, t.at, t.id).where(sql`${t.onBehalfOf} is not null`),
  ],
)

/** Closed ranges of the trail, each with its digest and the seal before it: no chain serialises the writes. */
export const auditSeals = pgTable(
  'audit_seals',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    fromPosition: bigint('from_position', { mode: 'number' }).notNull(),
    toPosition: bigint('to_position', { mode: 'number' }).notNull(),
    entries: integer('entries').notNull(),
    digest: text('digest').notNull(),
    previousDigest: text('previous_digest').notNull(),
    sealedAt: timestamp('sealed_at', { withTimezone: true }).notNull(),
    /** When its lines were removed, past their keeping time; the digest stays, a link of the chain. */
    removedAt: timestamp('removed_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'audit_seals_pk', columns: [t.cptsId, t.id] }),
    index('audit_seals_last').on(t.cptsId, t.toPosition),
  ],
)

/** How far each job that goes through the trail has come. */
export const auditMarks = pgTable(
  'audit_marks',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    job: text('job').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ name: 'audit_marks_pk', columns: [t.cptsId, t.job] })],
)
