import type { Preferences } from '@maillage/contracts/accounts'
import { savePreferences } from '../../kernel/accounts/account.store.ts'
import type { Database } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'

/** Keeps what somebody set for themselves. It concerns nobody else: no trace of it is needed. */
export async function changePreferences(
  db: Database,
  { accountId }: Claims,
  preferences: Preferences,
): Promise<Preferences> {
  if (!(await db.global((tx) => savePreferences(tx, accountId, preferences)))) throw problem('session-ended')
  return preferences
}
