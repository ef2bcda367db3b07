import type { AccountId } from '@maillage/contracts/kit/ids'
import { index, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

/**
 * Sign-ins that were begun and wait for the provider's answer. The state goes through the browser's address bar and the
 * provider: only its digest is kept. A line is taken once, by deleting it.
 */
export const openidFlows = pgTable(
  'openid_flows',
  {
    stateHash: text('state_hash').notNull(),
    provider: text('provider').notNull(),
    /** Digest of the cookie of the browser that began it: no other may end it. */
    browserHash: text('browser_hash').notNull(),
    nonce: text('nonce').notNull(),
    /** Of PKCE: worth nothing without the code. */
    verifier: text('verifier').notNull(),
    returnTo: text('return_to').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'openid_flows_pk', columns: [t.stateHash] }), index('openid_flows_end').on(t.expiresAt)],
)

/** Who somebody is at a provider, fixed at their first sign-in: one account each way. */
export const openidLinks = pgTable(
  'openid_links',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    linkedAt: timestamp('linked_at', { withTimezone: true }).notNull(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'openid_links_pk', columns: [t.issuer, t.subject] }),
    unique('openid_links_account').on(t.issuer, t.accountId),
  ],
)

/** What ends the session at the provider together with ours: the ID token, wrapped under the master key. */
export const openidSessions = pgTable(
  'openid_sessions',
  {
    /** Of `sessions`. */
    sessionId: uuid('session_id').notNull(),
    provider: text('provider').notNull(),
    wrappedIdToken: text('wrapped_id_token').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'openid_sessions_pk', columns: [t.sessionId] })],
)
