import type { LockedSession } from '@maillage/contracts/access/sessions'
import { eq } from 'drizzle-orm'
import { findTotp, listPasskeys } from '../../kernel/accounts/second-factors.store.ts'
import type { Deps } from '../../kernel/context.ts'
import type { Db } from '../../platform/db/database.ts'
import { openidSessions } from '../../platform/openid/openid.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { findStanding } from '../../platform/session/refresh-tokens.ts'

/** A session, and how its owner goes on with it. */
export interface WaysBack {
  readonly sessionId: string
  readonly ways: LockedSession
}

/** How whoever locked a session may show who they are, beside their password: told to its cookie alone, and without a name or an address. */
export async function waysBack({ db, now }: Pick<Deps, 'db' | 'now'>, token: string | undefined): Promise<WaysBack> {
  const ways = token === undefined ? undefined : await db.global((tx) => findWays(tx, token, now()))
  if (!ways) throw problem('session-ended')
  return ways
}

async function findWays(tx: Db, token: string, now: Date): Promise<WaysBack | undefined> {
  const session = await findStanding(tx, token, now)
  if (!session) return undefined
  const { id: sessionId, accountId } = session
  const [vouched] = await tx.select().from(openidSessions).where(eq(openidSessions.sessionId, sessionId))
  const ways = {
    code: (await findTotp(tx, accountId)) !== undefined,
    passkey: (await listPasskeys(tx, accountId)).some(({ suspectedAt }) => suspectedAt === null),
    provider: vouched?.provider ?? null,
  }
  return { sessionId, ways }
}
