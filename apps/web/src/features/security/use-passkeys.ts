import type { AddedPasskey, Passkey } from '@maillage/contracts/second-factor/passkeys'
import { isKnownKey, knowsPasskeys } from '../../platform/session/passkey-support.ts'
import type { SecurityApi } from './security.api.ts'

/** Whether a key can be made here at all. */
export const canMakePasskeys = knowsPasskeys

/** Whether one of somebody's keys may say here who they are. */
export const canProveBy = (keys: readonly Passkey[]): boolean =>
  knowsPasskeys() && keys.some(({ isSuspected }) => !isSuspected)

/** What the key of this device is called until its owner says better. */
export const deviceName = (): string =>
  window.matchMedia('(pointer: coarse)').matches ? 'Ce téléphone' : 'Cet ordinateur'

/** The device has a key for this account already. */
export class KnownKey extends Error {}

/** Lets the browser make a key and hands it to the API. */
export async function addPasskey(api: SecurityApi, name: string): Promise<AddedPasskey> {
  const options = await api.beginPasskey()
  const { makePasskey } = await import('../../platform/session/passkeys.ts')
  const made = await makePasskey(options).catch((error: unknown) => {
    throw isKnownKey(error) ? new KnownKey() : error
  })
  return await api.addPasskey(name, made)
}
