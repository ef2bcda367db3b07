import { Session } from '@maillage/contracts/accounts'
import {
  type MadePasskey,
  type PasskeyCreation,
  PasskeyRequest,
  type SignedByPasskey,
} from '@maillage/contracts/second-factor/passkeys'
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import * as z from 'zod'
import type { Http } from '../http.ts'

/** Lets somebody choose one of their keys, and gives what it signed. */
async function sign(http: Http): Promise<SignedByPasskey> {
  const optionsJSON = await http.post('/sessions/passkey/options', undefined, PasskeyRequest)
  const { clientExtensionResults, ...signed } = await startAuthentication({ optionsJSON })
  return { ...signed, clientExtensionResults: { ...clientExtensionResults } }
}

/** Opens the session that a key proves. Loaded when it is asked for, as all that handles keys. */
export async function signInByPasskey(http: Http): Promise<Session> {
  return await http.post('/sessions/passkey', { signed: await sign(http) }, Session)
}

/** Says again who one is, within the session, by a key of one's own. */
export async function proveByPasskey(http: Http): Promise<void> {
  await http.post('/me/proof/passkey', { signed: await sign(http) }, z.unknown())
}

/** Lets the browser make a key, where its owner will keep it. */
export async function makePasskey(optionsJSON: PasskeyCreation): Promise<MadePasskey> {
  const { clientExtensionResults, ...made } = await startRegistration({ optionsJSON })
  return { ...made, clientExtensionResults: { ...clientExtensionResults } }
}
