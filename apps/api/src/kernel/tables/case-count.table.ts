import type { CaseKindName } from '@maillage/contracts/cases'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/**
 * How many cases stand where, kept by triggers on `cases` in the same transaction: reading a figure costs the same
 * whatever the number of cases. Counted are the open ones, and the unscheduled cares that found no solution. The rows of
 * one figure differ by slot, one for each transaction that writes at the same time: their sum counts, and a single one
 * may well be negative.
 */
export const caseCounts = pgTable(
  'case_counts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    kind: text('kind').$type<CaseKindName>().notNull(),
    status: text('status').notNull(),
    bandRank: smallint('band_rank').notNull(),
    slot: smallint('slot').notNull(),
    cases: integer('cases').notNull(),
    escalated: integer('escalated').notNull(),
    unowned: integer('unowned').notNull(),
  },
  (t) => [primaryKey({ name: 'case_counts_pk', columns: [t.cptsId, t.kind, t.status, t.bandRank, t.slot] })],
)

/**
 * The same along time, by spans of four hours: `due`, when the clock of an open case runs out; `unmet`, when an
 * unscheduled care was closed without a solution. What a figure cuts out of a span is counted in `cases` itself.
 */
export const caseTimeCounts = pgTable(
  'case_time_counts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    what: text('what').$type<'due' | 'unmet'>().notNull(),
    span: timestamp('span', { withTimezone: true }).notNull(),
    kind: text('kind').$type<CaseKindName>().notNull(),
    slot: smallint('slot').notNull(),
    cases: integer('cases').notNull(),
  },
  (t) => [primaryKey({ name: 'case_time_counts_pk', columns: [t.cptsId, t.what, t.span, t.kind, t.slot] })],
)
