import type { AccountId, CaseId, CptsId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import {
  type ImportCounts,
  type ImportRefusal,
  importStatuses,
  lineOutcomes,
  type WaitingListField,
} from '@maillage/contracts/waiting-list-imports'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../../platform/one-of.ts'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** What a person decided about a column, by its place in the sheet; null: left out. */
export type ColumnChoice = { index: number; field: WaitingListField | null }

/**
 * A waiting list given on the screen. The file stays for seven days, for the refused lines and the undoing; its choices
 * and counts stay on.
 */
export const waitingListImports = pgTable(
  'waiting_list_imports',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<WaitingListImportId>().notNull(),
    fileName: text('file_name').notNull(),
    content: bytes('content'),
    sheet: text('sheet').notNull(),
    choices: jsonb('choices').$type<ColumnChoice[]>().notNull().default([]),
    status: text('status').$type<(typeof importStatuses)[number]>().notNull(),
    lines: integer('lines').notNull(),
    done: integer('done').notNull().default(0),
    counts: jsonb('counts').$type<ImportCounts>().notNull(),
    createdBy: uuid('created_by').$type<AccountId>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** Moved on by whoever runs it: when it stands still, another process takes the list over. */
    beatAt: timestamp('beat_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    undone: jsonb('undone').$type<{ removed: number; kept: number }>(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'waiting_list_imports_pk', columns: [t.cptsId, t.id] }),
    check('waiting_list_imports_status_known', oneOf(t.status, importStatuses)),
    index('waiting_list_imports_recent').on(t.cptsId, t.createdAt, t.id),
    index('waiting_list_imports_running').on(t.beatAt).where(sql`${t.status} in ('running', 'undoing')`),
  ],
)

/** What became of each line, written with the case that it opened; what stood in a refused line goes after seven days. */
export const waitingListImportLines = pgTable(
  'waiting_list_import_lines',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    importId: uuid('import_id').$type<WaitingListImportId>().notNull(),
    line: integer('line').notNull(),
    outcome: text('outcome').$type<(typeof lineOutcomes)[number]>().notNull(),
    /** No foreign key: the undoing removes the case and keeps the line. */
    caseId: uuid('case_id').$type<CaseId>(),
    reference: text('reference'),
    lookAlike: boolean('look_alike').notNull().default(false),
    sameAsLine: integer('same_as_line'),
    refusals: jsonb('refusals').$type<ImportRefusal[]>().notNull().default([]),
  },
  (t) => [
    primaryKey({ name: 'waiting_list_import_lines_pk', columns: [t.cptsId, t.importId, t.line] }),
    foreignKey({
      name: 'waiting_list_import_lines_import',
      columns: [t.cptsId, t.importId],
      foreignColumns: [waitingListImports.cptsId, waitingListImports.id],
    }).onDelete('cascade'),
    check('waiting_list_import_lines_outcome_known', oneOf(t.outcome, lineOutcomes)),
    index('waiting_list_import_lines_by_outcome').on(t.cptsId, t.importId, t.outcome, t.line),
  ],
)
