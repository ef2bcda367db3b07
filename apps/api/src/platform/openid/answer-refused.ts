import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'
import { ProviderUnreachable } from './ask-provider.ts'

/**
 * Why an answer is worth nothing. `cancelled`: the person renounced there; `stale`: it came too late; `clock`: its clock
 * is ahead of ours; `untrusted`: a nonce, a signature, an issuer, an audience, a code that is not what it should be;
 * `unavailable`: the provider does not follow, or does not know us.
 */
export type RefusedAnswer = 'cancelled' | 'stale' | 'clock' | 'untrusted' | 'unavailable'

export class AnswerRefused extends Error {
  readonly reason: RefusedAnswer
  /** A short word of the library or of the protocol, for the operator's log; never a value. */
  readonly detail: string
  constructor(reason: RefusedAnswer, detail: string) {
    super(reason)
    this.reason = reason
    this.detail = detail
  }
}

/** Any failure of the exchange, by what it means. */
export function refusalOf(error: unknown): AnswerRefused {
  if (error instanceof AnswerRefused) return error
  if (error instanceof AuthorizationResponseError) return fromAuthorization(error.error)
  if (error instanceof ResponseBodyError) {
    // An `invalid_grant` is a code used twice, too old, or somebody else's; anything else is about us.
    return new AnswerRefused(error.error === 'invalid_grant' ? 'untrusted' : 'unavailable', word(error.error))
  }
  const causes = [...chain(error)]
  if (causes.some((cause) => cause instanceof ProviderUnreachable))
    return new AnswerRefused('unavailable', 'unreachable')
  const code = causes.map(codeOf).find((found) => found !== '') ?? 'unknown'
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return new AnswerRefused('stale', code)
  const isServerFault = code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON'
  return new AnswerRefused(isServerFault ? 'unavailable' : 'untrusted', word(code))
}

const fromAuthorization = (error: string): AnswerRefused => {
  if (error === 'access_denied') return new AnswerRefused('cancelled', error)
  const isTheirs = error === 'temporarily_unavailable' || error === 'server_error'
  return new AnswerRefused(isTheirs ? 'unavailable' : 'untrusted', word(error))
}

// What a provider, or whoever writes in an address bar, calls an error may be anything.
const word = (text: string): string => (/^[A-Za-z_]{1,60}$/.test(text) ? text : 'unknown')

function* chain(error: unknown): Generator<unknown> {
  for (let at = error, left = 5; at instanceof Error && left > 0; at = at.cause, left -= 1) yield at
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
