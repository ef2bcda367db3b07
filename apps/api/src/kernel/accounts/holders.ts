import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { accounts, memberships } from '../tables/cpts.table.ts'

/** Whose account holds this role in the CPTS today, by name. */
export async function listHolders(
  db: Db,
  cptsId: CptsId,
  role: Role,
): Promise<{ id: AccountId; displayName: string }[]> {
  return await db
    .select({ id: accounts.id, displayName: accounts.displayName })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.cptsId, cptsId),
        eq(memberships.role, role),
        isNull(memberships.endedAt),
        isNull(accounts.disabledAt),
      ),
    )
    .orderBy(asc(accounts.displayName), asc(accounts.id))
}
