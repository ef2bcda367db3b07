import type { JWTPayload } from 'jose'

/** What an ID token says and how it is signed, before it leaves. */
export interface Draft {
  claims: JWTPayload
  /** `own`: the published key; `stranger`: another that bears its name; `secret`: HS256 under the client's secret; `none`: unsigned. */
  signature: 'own' | 'stranger' | 'secret' | 'none'
}

/** One way each in which a token, or what is told beside it, is not what it should be. */
export const faults = {
  'wrong-nonce': say({ nonce: 'un-autre-nonce' }),
  'no-nonce': say({ nonce: undefined }),
  'other-issuer': say({ iss: 'https://ailleurs.example' }),
  'other-audience': say({ aud: 'une-autre-application' }),
  'other-subject': say({ sub: 'une-autre-personne' }),
  'low-level': say({ acr: 'eidas0' }),
  'no-level': say({ acr: undefined }),
  expired: shift(-2 * 3600),
  // The token lives an hour: it ended less long ago than the difference of clocks that is borne.
  'just-expired': shift(-3600 - 20),
  'clock-ahead-a-little': shift(30),
  'clock-ahead': shift(10 * 60),
  'stranger-key': sign('stranger'),
  unsigned: sign('none'),
  'signed-by-secret': sign('secret'),
} as const satisfies Record<string, (draft: Draft) => void>

export type Fault = keyof typeof faults

export const isFault = (word: string): word is Fault => Object.hasOwn(faults, word)

function say(changed: JWTPayload): (draft: Draft) => void {
  return (draft) => {
    // A claim that is undefined is left out of the JSON.
    draft.claims = { ...draft.claims, ...changed }
  }
}

function sign(signature: Draft['signature']): (draft: Draft) => void {
  return (draft) => {
    draft.signature = signature
  }
}

function shift(seconds: number): (draft: Draft) => void {
  return ({ claims }) => {
    for (const name of ['iat', 'exp', 'nbf', 'auth_time'] as const) {
      const at = claims[name]
      if (typeof at === 'number') claims[name] = at + seconds
    }
  }
}
