import { type TeamKind, teamKinds } from '@maillage/contracts/directory/teams'
import type { CptsId, TeamId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'

/**
 * A team of the territory (maison de santé, centre de santé…). `places` null: the team counts none, each member counts
 * their own. `period` counts the declarations, as it does for one person: see `intakeCapacities`.
 */
export const teams = pgTable(
  'teams',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<TeamId>().notNull(),
    kind: text('kind').$type<TeamKind>().notNull(),
    name: text('name').notNull(),
    line: text('line'),
    municipalityCode: text('municipality_code').notNull(),
    phone: text('phone'),
    places: integer('places'),
    period: integer('period').notNull().default(1),
    placesDeclaredAt: timestamp('places_declared_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
    /** Closed since: nobody is a member any more, and the name may serve again. */
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'teams_pk', columns: [t.cptsId, t.id] }),
    check('teams_kind_known', oneOf(t.kind, teamKinds)),
    check('teams_places_positive', sql`${t.places} is null or ${t.places} >= 0`),
    uniqueIndex('teams_name').on(t.cptsId, t.name).where(sql`${t.endedAt} is null`),
  ],
)

export type TeamRow = typeof teams.$inferSelect
