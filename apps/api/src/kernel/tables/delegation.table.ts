import type { AccountId, CptsId, DelegationId, MembershipId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { DelegationRight } from '@maillage/contracts/roles'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { accounts, memberships } from './cpts.table.ts'
import { practitioners } from './practitioner.table.ts'

/**
 * A practitioner names a secretary: invited until the invited person says yes, in force until either side, or the
 * coordination, ends it. A line is never taken away: what was done in its name stays explained.
 */
export const delegations = pgTable(
  'delegations',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<DelegationId>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    /** Whom the invitation was sent to; whoever accepts it signs in with this address. */
    email: text('email').notNull(),
    displayName: text('display_name').notNull(),
    rights: text('rights').array().$type<DelegationRight[]>().notNull(),
    /** The membership of those who said yes. */
    membershipId: uuid('membership_id').$type<MembershipId>(),
    invitedBy: uuid('invited_by').$type<AccountId>(),
    invitedAt: timestamp('invited_at', { withTimezone: true }).notNull(),
    /** Until when the last invitation may be answered. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by').$type<AccountId>(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'delegations_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'delegations_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    foreignKey({
      name: 'delegations_membership',
      columns: [t.cptsId, t.membershipId],
      foreignColumns: [memberships.cptsId, memberships.id],
    }),
    foreignKey({ name: 'delegations_invited_by', columns: [t.invitedBy], foreignColumns: [accounts.id] }),
    foreignKey({ name: 'delegations_ended_by', columns: [t.endedBy], foreignColumns: [accounts.id] }),
    check('delegations_accepted_by_somebody', sql`(${t.acceptedAt} is null) = (${t.membershipId} is null)`),
    // Somebody is a practitioner's secretary once at a time.
    uniqueIndex('delegations_once').on(t.cptsId, t.practitionerId, t.email).where(sql`${t.endedAt} is null`),
    index('delegations_held').on(t.cptsId, t.membershipId).where(sql`${t.endedAt} is null`),
    index('delegations_given').on(t.cptsId, t.practitionerId, t.invitedAt),
  ],
)

export type DelegationRow = typeof delegations.$inferSelect
