import {
  authorizationCodeGrant,
  type Configuration,
  fetchUserInfo,
  type IDToken,
  type UserInfoResponse,
} from 'openid-client'
import { AnswerRefused, refusalOf } from './answer-refused.ts'
import { borneSeconds } from './openid-provider.ts'

/** What was kept of a sign-in that was begun, to judge its answer by. */
export interface Expected {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** What a provider vouches for, once every check passed. */
export interface Vouched {
  readonly token: IDToken
  /** As it came, to end the session at the provider later. */
  readonly idToken: string
  readonly userInfo: UserInfoResponse | undefined
}

/**
 * Exchanges the code that the browser brought back, and reads what the provider says of the person. The access token is
 * used for that one reading and forgotten.
 */
export async function redeemCode(
  configuration: Configuration,
  answeredAt: URL,
  { state, nonce, verifier }: Expected,
  now: Date,
): Promise<Vouched> {
  try {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
    const tokens = await authorizationCodeGrant(configuration, answeredAt, checks)
    const token = tokens.claims()
    if (!token || tokens.id_token === undefined) throw new AnswerRefused('untrusted', 'no-id-token')
    // The library bears any clock ahead of ours: a token from the future would outlive what it promises.
    if (token.iat > now.getTime() / 1000 + borneSeconds) throw new AnswerRefused('clock', 'iat')
    const { userinfo_endpoint: endpoint } = configuration.serverMetadata()
    const userInfo = endpoint ? await fetchUserInfo(configuration, tokens.access_token, token.sub) : undefined
    return { token, idToken: tokens.id_token, userInfo }
  } catch (error) {
    throw refusalOf(error)
  }
}
