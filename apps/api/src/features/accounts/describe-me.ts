import type { Me } from '@maillage/contracts/accounts'
import { findAccount, listMemberships, toAccount, toPreferences } from '../../kernel/accounts/account.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'

/** Who is signed in, every hat that they may wear, and the one that they wear. */
export async function describeMe(tx: Db, { accountId, hat, mustEnrol }: Claims): Promise<Me> {
  const account = await findAccount(tx, accountId)
  if (!account) throw problem('session-ended')
  const memberships = await listMemberships(tx, accountId)
  const current = memberships.find(({ id }) => id === hat?.membershipId) ?? null
  return { account: toAccount(account), memberships, current, mustEnrol, preferences: toPreferences(account) }
}
