import { type CryptoKey, decodeJwt, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { type Draft, faults } from './faults.ts'
import type { Person } from './sign-in-form.ts'

export interface Issuing {
  readonly people: ReadonlyMap<string, Person>
  readonly privateKey: CryptoKey
  readonly client: { readonly secret: string }
}

/** Makes an ID token anew: with what the person brings beside the usual, and with the fault that they asked for. */
export async function reissue(idToken: string, { people, privateKey, client }: Issuing): Promise<string> {
  const claims = decodeJwt(idToken)
  const person = people.get(claims.sub ?? '')
  const draft: Draft = { claims: { ...claims, ...person?.token }, signature: 'own' }
  if (person?.fault) faults[person.fault](draft)
  if (draft.signature === 'none') return new UnsecuredJWT(draft.claims).encode()
  if (draft.signature === 'secret') {
    const secret = new TextEncoder().encode(client.secret)
    return await new SignJWT(draft.claims).setProtectedHeader({ alg: 'HS256', kid: 'cle' }).sign(secret)
  }
  const key = draft.signature === 'own' ? privateKey : (await generateKeyPair('RS256')).privateKey
  return await new SignJWT(draft.claims).setProtectedHeader({ alg: 'RS256', kid: 'cle' }).sign(key)
}
