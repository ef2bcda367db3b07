import { recordSessionOf } from '../../kernel/accounts/record-session.ts'
import type { Deps } from '../../kernel/context.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { endFamily, findFamilyOf } from '../../platform/session/refresh-tokens.ts'

export type SignOutDeps = Pick<Deps, 'db' | 'now'> & { readonly ended: EndedSessions }

/** Ends the session that a cookie came from, in every process. What is no session, or has ended, is as well. */
export async function signOut(deps: SignOutDeps, token: string | undefined): Promise<void> {
  if (token === undefined) return
  const { db, now, ended } = deps
  const session = await db.global(async (tx) => {
    const held = await findFamilyOf(tx, token)
    return held && (await endFamily(tx, held.id, now())) ? held : undefined
  })
  if (!session) return
  await ended.heard()
  await recordSessionOf(deps, session.accountId, { action: 'session.end' })
}
