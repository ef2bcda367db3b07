import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { keepFlow } from '../../platform/openid/flow.store.ts'
import type { KnownProvider } from '../../platform/openid/openid-door.ts'
import { ownPath } from '../../platform/openid/own-path.ts'
import type { OpenIdSignInDeps } from './openid-sign-in-deps.ts'

/** Where the provider sends the browser back to. */
export const returnAddress = (publicUrl: string, key: string): string => `${publicUrl}/api/v1/openid/${key}/callback`

/** Where to send the browser to sign in at a provider; throws `AnswerRefused` when it cannot be asked. */
export async function beginSignIn(
  { db, now, settings }: OpenIdSignInDeps,
  { provider, configuration }: KnownProvider,
  { browser, returnTo }: { browser: string; returnTo: string | undefined },
): Promise<URL> {
  const known = await configuration()
  const kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const flow = { ...kept, provider: provider.key, browser, returnTo: ownPath(returnTo) }
  await db.global((tx) => keepFlow(tx, flow, now()))
  return buildAuthorizationUrl(known, {
    redirect_uri: returnAddress(settings.publicUrl, provider.key),
    response_type: 'code',
    scope: provider.scope,
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
    ...(provider.kind === 'pro-sante-connect' ? { acr_values: 'eidas1' } : levelsOf(provider.twoFactorLevels)),
  })
}

const levelsOf = (levels: readonly string[]): { acr_values?: string } =>
  levels.length > 0 ? { acr_values: levels.join(' ') } : {}
