import { demandProtecting, recordProtection } from '../../kernel/accounts/protecting.ts'
import { findTotp, listPasskeys } from '../../kernel/accounts/second-factors.store.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { removePasskey } from './passkeys.store.ts'
import type { PasskeyDeps } from './register-passkey.ts'

/** Takes a key away, where something else goes on protecting the account. */
export async function dropPasskey(deps: PasskeyDeps, claims: Claims, id: string): Promise<void> {
  const changed = await deps.db.global(async (tx) => {
    const protecting = await demandProtecting(tx, claims, deps.now())
    const keys = await listPasskeys(tx, claims.accountId)
    if (!keys.some((key) => key.id === id)) throw problem('not-found')
    const others = keys.filter((key) => key.id !== id && key.suspectedAt === null)
    if (others.length === 0 && !(await findTotp(tx, claims.accountId))) throw problem('last-second-factor')
    await removePasskey(tx, claims.accountId, id)
    return protecting
  })
  await recordProtection(deps, changed, 'second-factor.removed')
}
