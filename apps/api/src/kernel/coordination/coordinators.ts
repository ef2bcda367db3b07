import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import type { Actor } from '../actor.ts'
import { accounts, memberships } from '../tables/cpts.table.ts'

/** The name of a coordinator of the CPTS today; undefined for anybody else, whom nothing is handed over to. */
export async function coordinatorName(db: Db, actor: Actor, accountId: AccountId): Promise<string | undefined> {
  const [held] = await db
    .select({ displayName: accounts.displayName })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.cptsId, actor.cptsId),
        eq(memberships.accountId, accountId),
        eq(memberships.role, 'coordinator'),
        isNull(memberships.endedAt),
        isNull(accounts.disabledAt),
      ),
    )
  return held?.displayName
}
