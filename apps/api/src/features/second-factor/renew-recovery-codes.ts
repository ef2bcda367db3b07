import type { NewRecoveryCodes } from '@maillage/contracts/second-factor/second-factor'
import type { SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import { drawRecoveryCodes } from '../../kernel/accounts/give-recovery-codes.ts'
import { demandProtecting, recordProtection } from '../../kernel/accounts/protecting.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'

/** Gives ten new recovery codes; those that were given before open nothing any more. */
export async function renewRecoveryCodes(deps: SecondFactorDeps, claims: Claims): Promise<NewRecoveryCodes> {
  const { db, now } = deps
  const drawn = await drawRecoveryCodes(claims.accountId)
  const changed = await db.global(async (tx) => {
    const protecting = await demandProtecting(tx, claims, now())
    // Codes alone protect nothing: they stand in for a factor that is there.
    if (!protecting.isProtected) throw problem('second-factor-to-enrol')
    await drawn.keep(tx, now())
    return protecting
  })
  await recordProtection(deps, changed, 'recovery-codes.renewed')
  return { recoveryCodes: [...drawn.codes] }
}
