import type { LockedSession } from '@maillage/contracts/access/sessions'
import { eq } from 'drizzle-orm'
import { findTotp, listPasskeys } from '../../kernel/accounts/second-factors.store.ts'
import type { Database, Db } from '../../platform/db/database.ts'
import { openidSessions } from '../../platform/openid/openid.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { findFamilyOf } from '../../platform/session/refresh-tokens.ts'

/** A session, and how its owner goes on with it. */
export interface WaysBack {
  readonly sessionId: string
  readonly ways: LockedSession
}

/** How whoever locked a session may show who they are, beside their password: told to its cookie alone, and without a name or an address. */
export async function waysBack({ db }: { readonly db: Database }, token: string | undefined): Promise<WaysBack> {
  const ways = token === undefined ? undefined : await db.global((tx) => findWays(tx, token))
  if (!ways) throw problem('session-ended')
  return ways
}

async function findWays(tx: Db, token: string): Promise<WaysBack | undefined> {
  const session = await findFamilyOf(tx, token)
  if (!session || session.endedAt) return undefined
  const { id: sessionId, accountId } = session
  const [vouched] = await tx.select().from(openidSessions).where(eq(openidSessions.sessionId, sessionId))
  const ways = {
    code: (await findTotp(tx, accountId)) !== undefined,
    passkey: (await listPasskeys(tx, accountId)).some(({ suspectedAt }) => suspectedAt === null),
    provider: vouched?.provider ?? null,
  }
  return { sessionId, ways }
}
