import { buildEndSessionUrl } from 'openid-client'
import { AnswerRefused } from '../../platform/openid/answer-refused.ts'
import { findStanding } from '../../platform/session/refresh-tokens.ts'
import type { OpenIdSignInDeps } from './openid-sign-in-deps.ts'
import { findForSignOut } from './sign-out.store.ts'

/**
 * The address that ends the session at the provider; null when none vouched for this one, or when it offers no such
 * address. A provider that does not follow keeps nobody from leaving. Ours is ended by its own route.
 */
export async function signOutThere(deps: OpenIdSignInDeps, token: string | undefined): Promise<string | null> {
  if (token === undefined) return null
  const { openId, settings, db, now } = deps
  const kept = await db.global(async (tx) => {
    const session = await findStanding(tx, token, now())
    // A cookie that was kept from a session that has ended learns nothing of who it was.
    if (!session) return undefined
    const found = await findForSignOut(tx, session.id)
    return found && { ...found, sessionId: session.id }
  })
  const known = kept && openId.find(kept.provider)
  if (!kept || !known) return null
  const configuration = await known.configuration().catch((error: unknown) => {
    if (error instanceof AnswerRefused) return undefined
    throw error
  })
  if (!configuration?.serverMetadata().end_session_endpoint) return null
  return buildEndSessionUrl(configuration, {
    id_token_hint: openId.open(kept.wrappedIdToken, kept.sessionId),
    post_logout_redirect_uri: `${settings.publicUrl}/connexion`,
  }).href
}
