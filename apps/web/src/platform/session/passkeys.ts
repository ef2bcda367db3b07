import { Session } from '@maillage/contracts/accounts'
import { type MadePasskey, type PasskeyCreation, PasskeyRequest } from '@maillage/contracts/second-factor/passkeys'
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { Http } from '../http.ts'

/** Lets somebody choose one of their keys, and opens the session that it proves. Loaded when it is asked for. */
export async function signInByPasskey(http: Http): Promise<Session> {
  const optionsJSON = await http.post('/sessions/passkey/options', undefined, PasskeyRequest)
  const signed = await startAuthentication({ optionsJSON })
  return await http.post('/sessions/passkey', { signed }, Session)
}

/** Lets the browser make a key, where its owner will keep it. */
export async function makePasskey(optionsJSON: PasskeyCreation): Promise<MadePasskey> {
  const { clientExtensionResults, ...made } = await startRegistration({ optionsJSON })
  return { ...made, clientExtensionResults: { ...clientExtensionResults } }
}
