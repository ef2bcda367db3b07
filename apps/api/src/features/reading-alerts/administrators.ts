import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq, isNull } from 'drizzle-orm'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** Who runs a CPTS today, and answers for what is read there. */
export async function listAdministrators(db: Db, cptsId: CptsId): Promise<AccountId[]> {
  const rows = await db
    .selectDistinct({ id: accounts.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.cptsId, cptsId),
        eq(memberships.role, 'administrator'),
        isNull(memberships.endedAt),
        isNull(accounts.disabledAt),
      ),
    )
  return rows.map(({ id }) => id)
}
