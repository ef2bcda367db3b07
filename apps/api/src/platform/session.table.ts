import type { AccountId, CptsId, MembershipId } from '@maillage/contracts/kit/ids'
import { check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from './one-of.ts'
import { type SecondFactor, type SignInMethod, secondFactors, signInMethods } from './session/sign-in-methods.ts'

/** Sign-ins that were opened, each with what proved who it was. `id` is the family of its refresh tokens. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    method: text('method').$type<SignInMethod>().notNull(),
    /** Null: none was asked yet, and the session wears no hat until one is enrolled. */
    secondFactor: text('second_factor').$type<SecondFactor>(),
    /** What the browser said of itself, in a few words, for its owner to know it again. */
    device: text('device').notNull().default(''),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull(),
    /** When its person last proved who they are again: what protects an account is changed soon after a proof alone. */
    provedAt: timestamp('proved_at', { withTimezone: true }),
    /** The screen was locked: neither cookie nor tokens are worth anything until its owner proves who they are. */
    lockedAt: timestamp('locked_at', { withTimezone: true }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'sessions_pk', columns: [t.id] }),
    index('sessions_account').on(t.accountId, t.openedAt),
    // Each process reads those of the last minutes when it starts, or has not heard of them.
    index('sessions_ended').on(t.endedAt),
    index('sessions_locked').on(t.lockedAt),
    check('sessions_method_known', oneOf(t.method, signInMethods)),
    check('sessions_second_factor_known', oneOf(t.secondFactor, secondFactors)),
  ],
)

/** A sign-in as it is kept. */
export type SessionRow = typeof sessions.$inferSelect

/** Refresh tokens: a family per sign-in, one live token a family; using one twice ends the family. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    id: uuid('id').notNull(),
    familyId: uuid('family_id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    membershipId: uuid('membership_id').$type<MembershipId>(),
    cptsId: uuid('current_cpts_id').$type<CptsId>(),
    tokenHash: text('token_hash').notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'refresh_tokens_pk', columns: [t.id] }),
    unique('refresh_tokens_hash').on(t.tokenHash),
    index('refresh_tokens_family').on(t.familyId),
    index('refresh_tokens_account').on(t.accountId, t.issuedAt),
  ],
)

/** Failed sign-ins by hashed key (account or address): the next try waits longer. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    key: text('key').notNull(),
    failures: integer('failures').notNull(),
    lastAt: timestamp('last_at', { withTimezone: true }).notNull(),
    blockedUntil: timestamp('blocked_until', { withTimezone: true }),
  },
  (t) => [primaryKey({ name: 'sign_in_attempts_pk', columns: [t.key] })],
)

/** ES256 signing keys, the private part wrapped by the master key; chosen by `kid`, rotated, old ones kept to verify. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    kid: text('kid').notNull(),
    publicKey: text('public_key').notNull(),
    wrappedPrivateKey: text('wrapped_private_key').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (t) => [primaryKey({ name: 'signing_keys_pk', columns: [t.kid] })],
)

/** Answers kept for a day, so that a repeated request does not act twice. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    status: integer('status'),
    answer: jsonb('answer').$type<unknown>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'idempotency_keys_pk', columns: [t.cptsId, t.accountId, t.key] })],
)

/** Addresses for which a new password was asked: a job answers them after the caller was answered. Kept for a day. */
export const passwordResets = pgTable(
  'password_resets',
  {
    id: uuid('id').notNull(),
    email: text('email').notNull(),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
    /** When the job took it up, whether or not anybody has this address. */
    takenAt: timestamp('taken_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'password_resets_pk', columns: [t.id] }),
    index('password_resets_of_email').on(t.email, t.askedAt),
  ],
)
