import type { Passkey } from '@maillage/contracts/second-factor/passkeys'
import type { PasskeyRow } from './second-factors.store.ts'

/** A key as its owner sees it: never what identifies it to a browser. */
export const toPasskey = ({ id, name, createdAt, lastUsedAt, isBackedUp, suspectedAt }: PasskeyRow): Passkey => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  isBackedUp,
  isSuspected: suspectedAt !== null,
})
