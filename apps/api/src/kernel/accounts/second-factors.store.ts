import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import {
  passkeyChallenges,
  passkeys,
  recoveryCodes,
  rememberedDevices,
  totpFactors,
} from '../tables/second-factor.table.ts'

export type TotpRow = typeof totpFactors.$inferSelect
export type PasskeyRow = typeof passkeys.$inferSelect

/** The authenticator in use, if any. */
export async function findTotp(tx: Db, accountId: AccountId): Promise<TotpRow | undefined> {
  const inUse = and(eq(totpFactors.accountId, accountId), isNotNull(totpFactors.confirmedAt))
  const [row] = await tx.select().from(totpFactors).where(inUse)
  return row
}

/** The keys of an account, oldest first. */
export async function listPasskeys(tx: Db, accountId: AccountId): Promise<PasskeyRow[]> {
  return await tx
    .select()
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
}

/** Whether an account has something to show beside its password; a suspected key counts, or a copy of it would open a door. */
export async function hasSecondFactor(tx: Db, accountId: AccountId): Promise<boolean> {
  if (await findTotp(tx, accountId)) return true
  const [key] = await tx.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.accountId, accountId)).limit(1)
  return key !== undefined
}

/** Takes the code of a step, once: false when it, or a later one, was taken before. Of two at once one wins. */
export async function takeTotpStep(tx: Db, id: string, step: number): Promise<boolean> {
  const isLater = or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step))
  const taken = await tx
    .update(totpFactors)
    .set({ lastStep: step })
    .where(and(eq(totpFactors.id, id), isLater))
    .returning({ id: totpFactors.id })
  return taken.length > 0
}

/** Takes a recovery code, once; of two at once one wins. */
export async function takeRecoveryCode(tx: Db, accountId: AccountId, digest: string, now: Date): Promise<boolean> {
  const unused = and(
    eq(recoveryCodes.accountId, accountId),
    eq(recoveryCodes.digest, digest),
    isNull(recoveryCodes.usedAt),
  )
  const taken = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(unused)
    .returning({ digest: recoveryCodes.digest })
  return taken.length > 0
}

/** How many recovery codes still serve, and when they were made; null when none was ever given. */
export async function countRecoveryCodes(tx: Db, accountId: AccountId): Promise<{ left: number; madeAt: Date } | null> {
  const rows = await tx.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  const [first] = rows
  if (!first) return null
  return { left: rows.filter(({ usedAt }) => usedAt === null).length, madeAt: first.createdAt }
}

/** Puts new recovery codes in the place of those that were there. */
export async function replaceRecoveryCodes(
  tx: Db,
  accountId: AccountId,
  digests: readonly string[],
  now: Date,
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx.insert(recoveryCodes).values(digests.map((digest) => ({ accountId, digest, createdAt: now })))
}

/** Every browser of an account is asked for a code again. */
export async function forgetDevices(tx: Db, accountId: AccountId): Promise<void> {
  await tx.delete(rememberedDevices).where(eq(rememberedDevices.accountId, accountId))
}

/**
 * Leaves an account with its password alone: codes, keys and remembered browsers go. Its person sets a second factor up
 * anew when they next sign in. The sessions that are open are whoever calls' to end.
 */
export async function forgetSecondFactors(tx: Db, accountId: AccountId): Promise<void> {
  await tx.delete(totpFactors).where(eq(totpFactors.accountId, accountId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx.delete(passkeys).where(eq(passkeys.accountId, accountId))
  await tx.delete(passkeyChallenges).where(eq(passkeyChallenges.accountId, accountId))
  await forgetDevices(tx, accountId)
}

/** One act at a time upon what protects an account: the last factor must not be removed twice over. */
export async function holdSecondFactors(tx: Db, accountId: AccountId): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`second factors of ${accountId}`}, 0))`)
}

export type DeviceRow = typeof rememberedDevices.$inferSelect

/** The browsers of an account that are asked for no code, the latest used first. */
export async function listDevices(tx: Db, accountId: AccountId, now: Date): Promise<DeviceRow[]> {
  return await tx
    .select()
    .from(rememberedDevices)
    .where(and(eq(rememberedDevices.accountId, accountId), gt(rememberedDevices.expiresAt, now)))
    .orderBy(sql`${rememberedDevices.lastUsedAt} desc`, asc(rememberedDevices.id))
}
