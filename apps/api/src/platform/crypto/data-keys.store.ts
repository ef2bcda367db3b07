import { randomBytes } from 'node:crypto'
import { asc, desc, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/database.ts'
import { wrap } from '../session/key-wrap.ts'
import { dataKeys } from './data-key.table.ts'

/** A data key as it is kept; `wrappedKey` is null once it is retired. */
export type DataKeyRow = typeof dataKeys.$inferSelect

// Whoever seals holds it shared until their commit; whoever makes or retires a key holds it alone.
const sealingLock = 7_302_043

/** Held by each transaction that seals: no key is retired under it. */
export const holdKeys = (tx: Db): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock_shared(${sealingLock})`)

/** Held by whoever makes or retires a key: every transaction that sealed before has ended. */
export const holdKeysAlone = (tx: Db): Promise<unknown> => tx.execute(sql`select pg_advisory_xact_lock(${sealingLock})`)

/** The keys that open something still, oldest first. */
export const liveKeys = (db: Db): Promise<DataKeyRow[]> =>
  db.select().from(dataKeys).where(isNull(dataKeys.retiredAt)).orderBy(asc(dataKeys.version))

/** What a wrapped data key is bound to. */
export const nameOfKey = (version: number): string => `data-key:${version}`

/** Makes the next key, which writes from this commit on; called under `holdKeysAlone`. */
export async function insertKey(tx: Db, masterKey: Buffer, now: Date): Promise<number> {
  const [last] = await tx.select({ version: dataKeys.version }).from(dataKeys).orderBy(desc(dataKeys.version)).limit(1)
  const version = (last?.version ?? 0) + 1
  const wrappedKey = wrap(masterKey, randomBytes(32).toString('base64url'), nameOfKey(version))
  await tx.insert(dataKeys).values({ version, wrappedKey, createdAt: now })
  return version
}
