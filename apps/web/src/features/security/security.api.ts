import { AddedPasskey, type MadePasskey, Passkey, PasskeyCreation } from '@maillage/contracts/second-factor/passkeys'
import {
  NewRecoveryCodes,
  type ProveAgain,
  SecondFactorState,
  TotpSetup,
} from '@maillage/contracts/second-factor/second-factor'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

export interface SecurityApi {
  state: (signal?: AbortSignal) => Promise<SecondFactorState>
  prove: (proof: ProveAgain) => Promise<unknown>
  beginTotp: () => Promise<TotpSetup>
  confirmTotp: (code: string) => Promise<NewRecoveryCodes>
  dropTotp: () => Promise<unknown>
  renewCodes: () => Promise<NewRecoveryCodes>
  forgetDevice: (id: string) => Promise<unknown>
  beginPasskey: () => Promise<PasskeyCreation>
  addPasskey: (name: string, made: MadePasskey) => Promise<AddedPasskey>
  renamePasskey: (id: string, name: string) => Promise<Passkey>
  dropPasskey: (id: string) => Promise<unknown>
}

/** The calls about what protects one's account. */
export function securityApi(http: Http): SecurityApi {
  return {
    state: (signal) => http.get('/me/second-factor', SecondFactorState, { signal }),
    prove: (proof) => http.post('/me/proof', proof, z.unknown()),
    beginTotp: () => http.post('/me/totp', undefined, TotpSetup),
    confirmTotp: (code) => http.post('/me/totp/confirmation', { code }, NewRecoveryCodes),
    dropTotp: () => http.delete('/me/totp', z.unknown()),
    renewCodes: () => http.post('/me/recovery-codes', undefined, NewRecoveryCodes),
    forgetDevice: (id) => http.delete(`/me/devices/${id}`, z.unknown()),
    beginPasskey: () => http.post('/me/passkeys/options', undefined, PasskeyCreation),
    addPasskey: (name, made) => http.post('/me/passkeys', { name, made }, AddedPasskey),
    renamePasskey: (id, name) => http.put(`/me/passkeys/${id}`, { name }, Passkey),
    dropPasskey: (id) => http.delete(`/me/passkeys/${id}`, z.unknown()),
  }
}
