import {
  allowInsecureRequests,
  ClientSecretPost,
  type Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  TlsClientAuth,
} from 'openid-client'
import { unwrap, wrap } from '../session/key-wrap.ts'
import { refusalOf } from './answer-refused.ts'
import { askProvider, ProviderUnreachable } from './ask-provider.ts'
import { borneSeconds, type OpenIdProvider } from './openid-provider.ts'

const keptMs = 3_600_000
// A provider that is down is asked again by the next visitor, but not by each of a crowd.
const askAgainMs = 3_000

/** The ways in that others vouch for, in one process. */
export interface OpenIdDoor {
  readonly providers: readonly OpenIdProvider[]
  /** The provider of this key, with what it says of itself: read at the first sign-in, then kept for an hour. */
  find(key: string): KnownProvider | undefined
  /** Closes an ID token under the master key, for one session. */
  seal(idToken: string, sessionId: string): string
  open(sealed: string, sessionId: string): string
}

export interface KnownProvider {
  readonly provider: OpenIdProvider
  /** Throws `AnswerRefused` when it cannot be asked. */
  configuration(): Promise<Configuration>
}

/** Opens the door; asks nobody anything, so that a provider that is down holds up no start. */
export function openOpenIdDoor(given: {
  readonly providers: readonly OpenIdProvider[]
  readonly masterKey: Buffer
  readonly now: () => Date
}): OpenIdDoor {
  const known = new Map(given.providers.map((provider) => [provider.key, remember(provider, given.now)]))
  const nameOf = (sessionId: string): string => `openid-session:${sessionId}`
  return {
    providers: given.providers,
    find: (key) => known.get(key),
    seal: (idToken, sessionId) => wrap(given.masterKey, idToken, nameOf(sessionId)),
    open: (sealed, sessionId) => unwrap(given.masterKey, sealed, nameOf(sessionId)),
  }
}

function remember(provider: OpenIdProvider, now: () => Date): KnownProvider {
  let asked: { readonly at: number; readonly answer: Promise<Configuration>; hasFailed: boolean } | undefined
  const configuration = (): Promise<Configuration> => {
    const at = now().getTime()
    if (asked && at - asked.at < (asked.hasFailed ? askAgainMs : keptMs)) return asked.answer
    const fresh = { at, answer: discover(provider), hasFailed: false }
    fresh.answer = fresh.answer.catch((error: unknown) => {
      fresh.hasFailed = true
      throw refusalOf(error)
    })
    asked = fresh
    return fresh.answer
  }
  return { provider, configuration }
}

async function discover(provider: OpenIdProvider): Promise<Configuration> {
  const { discoveryUrl, clientId, clientSecret, certificate, issuer } = provider
  const isPlain = discoveryUrl.startsWith('http:')
  const found = await discovery(
    new URL(discoveryUrl),
    clientId,
    { [clockTolerance]: borneSeconds },
    clientSecret === undefined ? TlsClientAuth() : ClientSecretPost(clientSecret),
    {
      [customFetch]: (url, options) => askProvider(url, options),
      // The signature of the ID token is checked as well, not only where it came from.
      execute: isPlain ? [enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks],
    },
  )
  const told = found.serverMetadata()
  // The library leaves an address of its own making unchecked: whoever answered there must be the issuer.
  if (told.issuer.replace(/\/$/, '') !== issuer) throw new ProviderUnreachable('It says that it is somebody else')
  if (certificate) {
    const { token_endpoint: tokenEndpoint } = told
    found[customFetch] = (url, options) => askProvider(url, options, url === tokenEndpoint ? certificate : undefined)
  }
  return found
}
