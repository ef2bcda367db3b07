import { duplicateStatuses, type LikenessPart, type MergedField } from '@maillage/contracts/coordination/duplicates'
import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type {
  AccountId,
  CaseId,
  CptsId,
  DuplicateId,
  HouseholdId,
  PatientId,
  PatientMergeId,
} from '@maillage/contracts/kit/ids'
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
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { patients } from './patient.table.ts'

/** The keys under which a patient is compared with others: sounds of names with the birth date, phones. */
export const patientMatchKeys = pgTable(
  'patient_match_keys',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    key: text('key').notNull(),
    patientId: uuid('patient_id').$type<PatientId>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'patient_match_keys_pk', columns: [t.cptsId, t.key, t.patientId] }),
    foreignKey({
      name: 'patient_match_keys_patient',
      columns: [t.cptsId, t.patientId],
      foreignColumns: [patients.cptsId, patients.id],
    }).onDelete('cascade'),
    index('patient_match_keys_of_patient').on(t.cptsId, t.patientId),
  ],
)

/** Two patients who may be one person; the smaller identifier first, so that a pair is there once. */
export const duplicatePairs = pgTable(
  'duplicate_pairs',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<DuplicateId>().notNull(),
    oneId: uuid('one_id').$type<PatientId>().notNull(),
    otherId: uuid('other_id').$type<PatientId>().notNull(),
    status: text('status').$type<(typeof duplicateStatuses)[number]>().notNull(),
    score: smallint('score').notNull(),
    parts: jsonb('parts').$type<LikenessPart[]>().notNull(),
    foundAt: timestamp('found_at', { withTimezone: true }).notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedBy: uuid('decided_by').$type<AccountId>(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'duplicate_pairs_pk', columns: [t.cptsId, t.id] }),
    unique('duplicate_pairs_once').on(t.cptsId, t.oneId, t.otherId),
    foreignKey({
      name: 'duplicate_pairs_one',
      columns: [t.cptsId, t.oneId],
      foreignColumns: [patients.cptsId, patients.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'duplicate_pairs_other',
      columns: [t.cptsId, t.otherId],
      foreignColumns: [patients.cptsId, patients.id],
    }).onDelete('cascade'),
    check('duplicate_pairs_status_known', oneOf(t.status, duplicateStatuses)),
    check('duplicate_pairs_in_order', sql`${t.oneId} < ${t.otherId}`),
    index('duplicate_pairs_by_score').on(t.cptsId, t.status, t.score.desc(), t.id),
    index('duplicate_pairs_of_other').on(t.cptsId, t.otherId),
  ],
)

/** A line of a household's search, as it stood when a merge took it out. */
export interface DroppedMember {
  caseId: CaseId
  patientId: PatientId
  details: GpSearchDetails
  registeredAt: string | null
  ownCaseId: CaseId | null
}

/** What a merge changed elsewhere, so that undoing it puts back that and nothing else. Identifiers, codes and dates. */
export interface MovedByMerge {
  /** Cases that named the merged record. */
  cases: CaseId[]
  /** Searches of a household in which the merged record stood. */
  members: CaseId[]
  /** Both records stood in one search: one line was enough. */
  dropped: DroppedMember[]
  /** Searches that the person left, having two: closed as duplicates, or a household's that goes on without them. */
  left: { caseId: CaseId; patientId: PatientId; status: string; isClosed: boolean }[]
  /** The search kept, when it took the seniority of the other. */
  seniority: { caseId: CaseId; before: string; after: string } | null
  /** The household of each record before: the kept one's, the merged one's. */
  households: [HouseholdId | null, HouseholdId | null]
}

type Values = Record<string, unknown>

/** Two records that became one, and what is needed to part them again. */
export const patientMerges = pgTable(
  'patient_merges',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<PatientMergeId>().notNull(),
    keptId: uuid('kept_id').$type<PatientId>().notNull(),
    mergedId: uuid('merged_id').$type<PatientId>().notNull(),
    pairId: uuid('pair_id').$type<DuplicateId>().notNull(),
    /** Of each field that the merge changed on the kept record: what stood there, and what stands there since. */
    fields: jsonb('fields').$type<{ field: MergedField; before: Values; after: Values }[]>().notNull(),
    moved: jsonb('moved').$type<MovedByMerge>().notNull(),
    mergedAt: timestamp('merged_at', { withTimezone: true }).notNull(),
    mergedBy: uuid('merged_by').$type<AccountId>(),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
    undoneBy: uuid('undone_by').$type<AccountId>(),
  },
  (t) => [
    primaryKey({ name: 'patient_merges_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'patient_merges_kept',
      columns: [t.cptsId, t.keptId],
      foreignColumns: [patients.cptsId, patients.id],
    }),
    foreignKey({
      name: 'patient_merges_merged',
      columns: [t.cptsId, t.mergedId],
      foreignColumns: [patients.cptsId, patients.id],
    }),
    index('patient_merges_by_date').on(t.cptsId, t.mergedAt, t.id),
    index('patient_merges_of_merged').on(t.cptsId, t.mergedId),
  ],
)
