import { type AccountId, newRowId } from '@maillage/contracts/kit/ids'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { forgetDevices, type TotpRow } from '../../kernel/accounts/second-factors.store.ts'
import { rememberedDevices, totpFactors } from '../../kernel/tables/second-factor.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** Puts a secret that is being set up in the place of any that was begun before. */
export async function beginTotp(tx: Db, accountId: AccountId, wrappedSecret: string, now: Date): Promise<void> {
  await tx.delete(totpFactors).where(and(eq(totpFactors.accountId, accountId), isNull(totpFactors.confirmedAt)))
  await tx.insert(totpFactors).values({ id: newRowId(), accountId, wrappedSecret, createdAt: now })
}

/** The secret that is being set up, if any; held until the end of the transaction. */
export async function findBegunTotp(tx: Db, accountId: AccountId): Promise<TotpRow | undefined> {
  const [row] = await tx
    .select()
    .from(totpFactors)
    .where(and(eq(totpFactors.accountId, accountId), isNull(totpFactors.confirmedAt)))
    .for('update')
  return row
}

/**
 * The secret that was set up takes the place of the one in use; the code that proved it does not serve again. Browsers that
 * were remembered by a code of the other are asked for one.
 */
export async function useTotp(tx: Db, { id, accountId }: TotpRow, step: number, now: Date): Promise<void> {
  await removeTotp(tx, accountId)
  await tx.update(totpFactors).set({ confirmedAt: now, lastStep: step }).where(eq(totpFactors.id, id))
}

/** Takes the authenticator in use away, with the browsers that it had remembered; false when there was none. */
export async function removeTotp(tx: Db, accountId: AccountId): Promise<boolean> {
  const removed = await tx
    .delete(totpFactors)
    .where(and(eq(totpFactors.accountId, accountId), isNotNull(totpFactors.confirmedAt)))
    .returning({ id: totpFactors.id })
  if (removed.length > 0) await forgetDevices(tx, accountId)
  return removed.length > 0
}

/** Asks a browser for a code again; false when it is not one of this account. */
export async function forgetDevice(tx: Db, accountId: AccountId, id: string): Promise<boolean> {
  const removed = await tx
    .delete(rememberedDevices)
    .where(and(eq(rememberedDevices.id, id), eq(rememberedDevices.accountId, accountId)))
    .returning({ id: rememberedDevices.id })
  return removed.length > 0
}
