import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { PasskeyRow } from '../../kernel/accounts/second-factors.store.ts'
import { type ChallengePurpose, passkeyChallenges, passkeys } from '../../kernel/tables/second-factor.table.ts'
import type { Db } from '../../platform/db/database.ts'

export type ChallengeRow = typeof passkeyChallenges.$inferSelect

/** Keeps a challenge until it is answered, or too old. */
export async function keepChallenge(tx: Db, row: typeof passkeyChallenges.$inferInsert): Promise<void> {
  await tx.insert(passkeyChallenges).values(row)
}

/** Takes a challenge for what it was given for, once; undefined when it is unknown, too old or another's. Commit it before verifying. */
export async function takeChallenge(
  tx: Db,
  purpose: ChallengePurpose,
  challenge: string,
  now: Date,
): Promise<ChallengeRow | undefined> {
  const [row] = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.purpose, purpose),
        gt(passkeyChallenges.expiresAt, now),
      ),
    )
    .returning()
  return row
}

/** The key of this name, as keys call themselves. */
export async function findByCredential(tx: Db, credentialId: string): Promise<PasskeyRow | undefined> {
  const [row] = await tx.select().from(passkeys).where(eq(passkeys.credentialId, credentialId))
  return row
}

/** Adds a key; undefined when one of this name is known already, whosever it is. */
export async function insertPasskey(tx: Db, row: typeof passkeys.$inferInsert): Promise<PasskeyRow | undefined> {
  const [added] = await tx.insert(passkeys).values(row).onConflictDoNothing().returning()
  return added
}

/** Gives a key another name; undefined when it is not one of this account. */
export async function renamePasskey(
  tx: Db,
  accountId: AccountId,
  id: string,
  name: string,
): Promise<PasskeyRow | undefined> {
  const own = and(eq(passkeys.id, id), eq(passkeys.accountId, accountId))
  const [row] = await tx.update(passkeys).set({ name }).where(own).returning()
  return row
}

/** Takes a key away; false when it is not one of this account. */
export async function removePasskey(tx: Db, accountId: AccountId, id: string): Promise<boolean> {
  const own = and(eq(passkeys.id, id), eq(passkeys.accountId, accountId))
  const removed = await tx.delete(passkeys).where(own).returning({ id: passkeys.id })
  return removed.length > 0
}

/**
 * Keeps that a key signed, and how often it says it did; false when that number went back or stood still, which a copy
 * of the key betrays (WebAuthn 6.1.1). Keys that do not count say nought each time.
 */
export async function keepUse(
  tx: Db,
  id: string,
  { counter, isBackedUp }: { counter: number; isBackedUp: boolean },
  now: Date,
): Promise<boolean> {
  const counts = or(lt(passkeys.counter, counter), and(eq(passkeys.counter, 0), sql`${counter}::bigint = 0`))
  const used = await tx
    .update(passkeys)
    .set({ counter, isBackedUp, lastUsedAt: now })
    .where(and(eq(passkeys.id, id), isNull(passkeys.suspectedAt), counts))
    .returning({ id: passkeys.id })
  return used.length > 0
}

/** The key opens nothing any more: there is perhaps a copy of it. */
export async function suspect(tx: Db, id: string, now: Date): Promise<void> {
  await tx
    .update(passkeys)
    .set({ suspectedAt: now })
    .where(and(eq(passkeys.id, id), isNull(passkeys.suspectedAt)))
}
