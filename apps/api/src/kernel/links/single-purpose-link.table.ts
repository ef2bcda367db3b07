import type { CptsId } from '@maillage/contracts/kit/ids'
import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Links that open one thing, to whoever holds them, for a time. Only the digest of what they hold is kept. */
export const singlePurposeLinks = pgTable(
  'single_purpose_links',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    tokenHash: text('token_hash').notNull(),
    purpose: text('purpose').notNull(),
    subjectId: uuid('subject_id').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'single_purpose_links_pk', columns: [t.cptsId, t.tokenHash] }),
    index('single_purpose_links_of_subject').on(t.cptsId, t.purpose, t.subjectId),
  ],
)
