import { saidChannels } from '@maillage/contracts/delegation/on-behalf'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { notedDeclarations } from '@maillage/contracts/practitioners'
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { accounts } from '../../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../../kernel/tables/practitioner.table.ts'
import { oneOf } from '../../../platform/one-of.ts'

/**
 * Places and absences that somebody else declared in a practitioner's name: their secretary, or a coordinator to whom it
 * was said. A line is added and never changed.
 */
export const notedDeclarationRows = pgTable(
  'noted_declarations',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    what: text('what').$type<(typeof notedDeclarations)[number]>().notNull(),
    places: integer('places'),
    fromDay: date('from_day', { mode: 'string' }).$type<DayDate>(),
    untilDay: date('until_day', { mode: 'string' }).$type<DayDate>(),
    notedBy: uuid('noted_by').$type<AccountId>(),
    /** Who said it and how; null for a secretary, who says it themselves. */
    channel: text('channel').$type<(typeof saidChannels)[number]>(),
    spokenTo: text('spoken_to'),
    calledAt: timestamp('called_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'noted_declarations_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'noted_declarations_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    foreignKey({ name: 'noted_declarations_noted_by', columns: [t.notedBy], foreignColumns: [accounts.id] }),
    check('noted_declarations_what_known', oneOf(t.what, notedDeclarations)),
    check('noted_declarations_channel_known', oneOf(t.channel, saidChannels)),
    check('noted_declarations_said_by_somebody', sql`(${t.channel} is null) = (${t.spokenTo} is null)`),
    index('noted_declarations_lately').on(t.cptsId, t.practitionerId, t.at, t.id),
  ],
)
