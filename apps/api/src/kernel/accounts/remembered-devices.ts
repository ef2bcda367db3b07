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

/** True when this browser is one that this very account remembers. */
export async function isRemembered(
  tx: Db,
  accountId: AccountId,
  token: string | undefined,
  now: Date,
): Promise<boolean> {
  if (!token) return false
  const known = and(
    eq(rememberedDevices.tokenHash, digestOf(token)),
    eq(rememberedDevices.accountId, accountId),
    gt(rememberedDevices.expiresAt, now),
  )
  const used = await tx
    .update(rememberedDevices)
    .set({ lastUsedAt: now })
    .where(known)
    .returning({ id: rememberedDevices.id })
  return used.length > 0
}
