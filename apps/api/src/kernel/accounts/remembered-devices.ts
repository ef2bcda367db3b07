import { type AccountId, newRowId } from '@maillage/contracts/kit/ids'
import { and, eq, gt } from 'drizzle-orm'
import { digestOf, newSecretToken } from '../../platform/crypto/digest.ts'
import type { Db } from '../../platform/db/database.ts'
import { rememberedDevices } from '../tables/second-factor.table.ts'

/** Thirty days from the sign-in at which its owner asked for it; using it does not lengthen them. */
const rememberedMs = 30 * 24 * 3_600_000

/** What the browser keeps in its cookie. */
export interface DeviceToken {
  readonly token: string
  readonly expiresAt: Date
}

/** Remembers the browser that just showed a second factor. */
export async function rememberDevice(tx: Db, accountId: AccountId, device: string, now: Date): Promise<DeviceToken> {
  const token = newSecretToken()
  const expiresAt = new Date(now.getTime() + rememberedMs)
  const row = { id: newRowId(), accountId, tokenHash: digestOf(token), device }
  await tx.insert(rememberedDevices).values({ ...row, createdAt: now, lastUsedAt: now, expiresAt })
  return { token, expiresAt }
}

/** A browser that an account remembers. */
export interface RememberedDevice {
  readonly id: string
  readonly accountId: AccountId
}

/** The browser that holds this, and whose it is; undefined when nobody's account remembers it. */
export async function findDevice(tx: Db, token: string | undefined, now: Date): Promise<RememberedDevice | undefined> {
  if (!token) return undefined
  const known = and(eq(rememberedDevices.tokenHash, digestOf(token)), gt(rememberedDevices.expiresAt, now))
  const { id, accountId } = rememberedDevices
  const [device] = await tx.select({ id, accountId }).from(rememberedDevices).where(known)
  return device
}

/** Takes the browser for a second factor, this once; false when it was forgotten meanwhile. */
export async function useDevice(tx: Db, { id, accountId }: RememberedDevice, now: Date): Promise<boolean> {
  const known = and(eq(rememberedDevices.id, id), eq(rememberedDevices.accountId, accountId))
  const used = await tx
    .update(rememberedDevices)
    .set({ lastUsedAt: now })
    .where(known)
    .returning({ id: rememberedDevices.id })
  return used.length > 0
}
