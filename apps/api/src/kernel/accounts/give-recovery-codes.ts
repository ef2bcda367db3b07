import type { AccountId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { digestOfRecoveryCode, newRecoveryCode, recoveryCodeCount } from '../../platform/session/recovery-code.ts'
import { replaceRecoveryCodes } from './second-factors.store.ts'

/** Recovery codes that nobody has seen yet, and what is kept of them. */
export interface DrawnCodes {
  readonly codes: readonly string[]
  keep(tx: Db, now: Date): Promise<void>
}

/** Draws recovery codes before the transaction that keeps them: their digests are slow on purpose. */
export async function drawRecoveryCodes(accountId: AccountId): Promise<DrawnCodes> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  const digests = await Promise.all(codes.map((code) => digestOfRecoveryCode(accountId, code)))
  return { codes, keep: (tx, now) => replaceRecoveryCodes(tx, accountId, digests, now) }
}
