import type { Membership } from '@maillage/contracts/accounts'
import type { Deps } from '../context.ts'
import { sendNotice } from '../notices/send-notice.ts'
import type { AccountRow } from './account.store.ts'

/** What somebody is told of their own account by mail, so that they hear of what they did not do. */
export type OwnerNotice = 'protection-changed' | 'recovery-code-used'

/** Tells an account's person by mail, once whatever the number of CPTS. An account without membership reads nothing yet. */
export async function tellOwner(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { email }: Pick<AccountRow, 'email'>,
  [first]: readonly Membership[],
  kind: OwnerNotice,
): Promise<void> {
  if (!first) return
  const { id: cptsId } = first.cpts
  await db.transaction(cptsId, (tx) =>
    sendNotice(
      tx,
      { actor: { cptsId }, now: now() },
      { kind, to: { address: { email } }, link: { path: '/securite' } },
    ),
  )
}
