import { eq } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { openidSessions } from '../../platform/openid/openid.table.ts'
import type { OpenIdSignInDeps } from './openid-sign-in-deps.ts'

/** Keeps what ends the session at the provider together with ours. */
export async function keepForSignOut(
  { db, now, openId }: OpenIdSignInDeps,
  sessionId: string,
  { provider, idToken }: { provider: string; idToken: string },
): Promise<void> {
  const wrappedIdToken = openId.seal(idToken, sessionId)
  await db.global((tx) => tx.insert(openidSessions).values({ sessionId, provider, wrappedIdToken, openedAt: now() }))
}

/** What was kept of a session that a provider vouched for. */
export async function findForSignOut(
  tx: Db,
  sessionId: string,
): Promise<{ provider: string; wrappedIdToken: string } | undefined> {
  const [row] = await tx.select().from(openidSessions).where(eq(openidSessions.sessionId, sessionId))
  return row
}
