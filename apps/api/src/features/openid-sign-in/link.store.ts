import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, eq, or } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { openidLinks } from '../../platform/openid/openid.table.ts'

/** Who somebody is at a provider. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
}

/** Ties an identity to an account at their first sign-in; false when either is tied to another. */
export async function link(tx: Db, { issuer, subject }: Identity, accountId: AccountId, now: Date): Promise<boolean> {
  await tx
    .insert(openidLinks)
    .values({ issuer, subject, accountId, linkedAt: now, lastUsedAt: now })
    .onConflictDoNothing()
  const either = or(eq(openidLinks.subject, subject), eq(openidLinks.accountId, accountId))
  const tied = await tx
    .select()
    .from(openidLinks)
    .where(and(eq(openidLinks.issuer, issuer), either))
  if (tied.length !== 1 || tied[0]?.subject !== subject || tied[0].accountId !== accountId) return false
  const own = and(eq(openidLinks.issuer, issuer), eq(openidLinks.subject, subject))
  await tx.update(openidLinks).set({ lastUsedAt: now }).where(own)
  return true
}
