import type { AccountId, CptsId, MembershipId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm'
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
    .where(holding(cptsId, role))
    .orderBy(asc(accounts.displayName), asc(accounts.id))
}

/** The memberships that give this role today, held in one order: of two who take each other's away, one comes second. */
export async function lockHolders(tx: Db, cptsId: CptsId, role: Role): Promise<MembershipId[]> {
  const rows = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(holding(cptsId, role))
    .orderBy(asc(memberships.id))
    .for('update', { of: memberships })
  return rows.map(({ id }) => id)
}

const holding = (cptsId: CptsId, role: Role): SQL | undefined =>
  and(
    eq(memberships.cptsId, cptsId),
    eq(memberships.role, role),
    isNull(memberships.endedAt),
    isNull(accounts.disabledAt),
  )
