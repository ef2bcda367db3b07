import type { DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gte, lte } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { coordinatorAbsences } from '../tables/coordinator-absence.table.ts'
import { accounts } from '../tables/cpts.table.ts'

/** Somebody away on a day, and who stands in for them. */
export interface Away {
  readonly accountId: AccountId
  readonly displayName: string
  readonly deputyId: AccountId
  readonly until: DayDate
}

/** Who of the coordination is away on this day; of two absences of one person, the one that ends last. */
export async function listAway(db: Db, cptsId: CptsId, day: DayDate): Promise<Away[]> {
  const rows = await db
    .select({
      accountId: coordinatorAbsences.accountId,
      displayName: accounts.displayName,
      deputyId: coordinatorAbsences.deputyId,
      until: coordinatorAbsences.untilDay,
    })
    .from(coordinatorAbsences)
    .innerJoin(accounts, eq(accounts.id, coordinatorAbsences.accountId))
    .where(
      and(
        eq(coordinatorAbsences.cptsId, cptsId),
        lte(coordinatorAbsences.fromDay, day),
        gte(coordinatorAbsences.untilDay, day),
      ),
    )
    .orderBy(asc(coordinatorAbsences.untilDay), asc(coordinatorAbsences.id))
  return [...new Map(rows.map((row) => [row.accountId, row])).values()]
}

/**
 * Who stands in for somebody: nobody when they are there; when the deputy is away too, that one's deputy, and so on.
 * Where everyone is away in turn, nobody is named.
 */
export function deputyOf(away: readonly Away[], accountId: AccountId): AccountId | undefined {
  const known = new Map(away.map((one) => [one.accountId, one.deputyId]))
  const seen = new Set<AccountId>()
  let current = known.get(accountId)
  while (current !== undefined && known.has(current) && !seen.has(current)) {
    seen.add(current)
    current = known.get(current)
  }
  return current === undefined || known.has(current) ? undefined : current
}

/** Those whom this person stands in for. */
export const standInsOf = (away: readonly Away[], accountId: AccountId): Away[] =>
  away.filter((one) => deputyOf(away, one.accountId) === accountId)

/** The actor's own account and those whom they stand in for on this day. */
export async function actorAndStandIns(
  db: Db,
  actor: { cptsId: CptsId; accountId: AccountId | null },
  day: DayDate,
): Promise<AccountId[]> {
  if (!actor.accountId) return []
  const away = await listAway(db, actor.cptsId, day)
  return [actor.accountId, ...standInsOf(away, actor.accountId).map(({ accountId }) => accountId)]
}
