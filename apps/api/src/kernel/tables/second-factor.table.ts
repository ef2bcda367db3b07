import type { AccountId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'

/** What a challenge of a passkey may be answered for; one given for another purpose is refused. */
export const challengePurposes = ['register', 'sign-in'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

/** Secrets of codes that change every 30 seconds (RFC 6238): the one in use, and the one being set up. */
export const totpFactors = pgTable(
  'totp_factors',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    /** By the master key, bound to the account. */
    wrappedSecret: text('wrapped_secret').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** Null: shown on a screen, and not yet proved by a first code. */
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    /** The last step whose code was taken: neither it nor an earlier one is taken again. */
    lastStep: bigint('last_step', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'totp_factors_pk', columns: [t.id] }),
    uniqueIndex('totp_factors_in_use').on(t.accountId).where(sql`${t.confirmedAt} is not null`),
    uniqueIndex('totp_factors_in_setup').on(t.accountId).where(sql`${t.confirmedAt} is null`),
  ],
)

/** Codes for the day when the phone is lost, digested like passwords; each serves once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    digest: text('digest').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (t) => [primaryKey({ name: 'recovery_codes_pk', columns: [t.accountId, t.digest] })],
)

/** Browsers that their owner told us to ask for no code, for thirty days; each holds a random token, of which we keep a digest. */
export const rememberedDevices = pgTable(
  'remembered_devices',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    tokenHash: text('token_hash').notNull(),
    /** What the browser said of itself, in a few words, for its owner to know it again. */
    device: text('device').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'remembered_devices_pk', columns: [t.id] }),
    unique('remembered_devices_token').on(t.tokenHash),
    index('remembered_devices_account').on(t.accountId),
  ],
)

/** Public halves of passkeys (WebAuthn): the private ones never leave their owners' devices. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid('id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    /** What the key calls itself, in base64url. */
    credentialId: text('credential_id').notNull(),
    /** Random, and the same for all keys of an account: a stolen key names nobody. */
    userHandle: text('user_handle').notNull(),
    /** COSE, in base64url. */
    publicKey: text('public_key').notNull(),
    /** How often it signed, for those that count: going back means a copy. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    name: text('name').notNull(),
    isBackedUp: boolean('is_backed_up').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    /** Its counter went back: it opens nothing any more until its owner has looked. */
    suspectedAt: timestamp('suspected_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'passkeys_pk', columns: [t.id] }),
    unique('passkeys_credential').on(t.credentialId),
    index('passkeys_account').on(t.accountId),
  ],
)

/** What a passkey is given to sign: once, soon, and for what it was made. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    challenge: text('challenge').notNull(),
    purpose: text('purpose').$type<ChallengePurpose>().notNull(),
    /** Of a registration: by whom, in which session, under which handle. */
    accountId: uuid('account_id').$type<AccountId>(),
    sessionId: uuid('session_id'),
    userHandle: text('user_handle'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'passkey_challenges_pk', columns: [t.challenge] }),
    check('passkey_challenges_purpose_known', oneOf(t.purpose, challengePurposes)),
    check('passkey_challenges_register_is_somebodys', sql`${t.purpose} <> 'register' or ${t.accountId} is not null`),
  ],
)
