import type { SecondFactorState } from '@maillage/contracts/second-factor/second-factor'
import { findAccount } from '../../kernel/accounts/account.store.ts'
import { countRecoveryCodes, findTotp, listDevices, listPasskeys } from '../../kernel/accounts/second-factors.store.ts'
import { toPasskey } from '../../kernel/accounts/to-passkey.ts'
import type { Deps } from '../../kernel/context.ts'
import { digestOf } from '../../platform/crypto/digest.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'

/** What protects the account beside its password, and which browsers it remembers. */
export async function describeSecondFactor(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { accountId }: Claims,
  deviceToken: string | undefined,
): Promise<SecondFactorState> {
  return await db.global(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account) throw problem('session-ended')
    const totp = await findTotp(tx, accountId)
    const codes = await countRecoveryCodes(tx, accountId)
    const own = deviceToken === undefined ? undefined : digestOf(deviceToken)
    const devices = await listDevices(tx, accountId, now())
    return {
      isExempt: account.isSecondFactorExempt,
      totp: totp?.confirmedAt ? { confirmedAt: totp.confirmedAt.toISOString() } : null,
      passkeys: (await listPasskeys(tx, accountId)).map(toPasskey),
      recoveryCodes: codes && { left: codes.left, madeAt: codes.madeAt.toISOString() },
      devices: devices.map(({ id, device, createdAt, lastUsedAt, expiresAt, tokenHash }) => ({
        id,
        device,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        isThisOne: tokenHash === own,
      })),
    }
  })
}
