import type { CoordinatorAbsence } from '@maillage/contracts/coordination/coordinator-absences'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gte, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../platform/db/database.ts'
import { coordinatorAbsences } from '../tables/coordinator-absence.table.ts'
import { accounts } from '../tables/cpts.table.ts'

const deputies = alias(accounts, 'deputies')

/** The absences that run or are to come, the soonest first. */
export async function listAbsences(db: Db, cptsId: CptsId, today: DayDate, only?: SQL): Promise<CoordinatorAbsence[]> {
  const rows = await db
    .select({ row: coordinatorAbsences, name: accounts.displayName, deputy: deputies.displayName })
    .from(coordinatorAbsences)
    .innerJoin(accounts, eq(accounts.id, coordinatorAbsences.accountId))
    .innerJoin(deputies, eq(deputies.id, coordinatorAbsences.deputyId))
    .where(and(eq(coordinatorAbsences.cptsId, cptsId), gte(coordinatorAbsences.untilDay, today), only))
    .orderBy(asc(coordinatorAbsences.fromDay), asc(coordinatorAbsences.id))
  return rows.map(({ row, name, deputy }) => ({
    id: row.id,
    account: { id: row.accountId, displayName: name },
    deputy: { id: row.deputyId, displayName: deputy },
    from: row.fromDay,
    until: row.untilDay,
  }))
}

/** One's own absence that runs, or the next; null when none is declared. */
export async function findOwnAbsence(
  db: Db,
  cptsId: CptsId,
  accountId: AccountId,
  today: DayDate,
): Promise<CoordinatorAbsence | null> {
  const [first] = await listAbsences(db, cptsId, today, eq(coordinatorAbsences.accountId, accountId))
  return first ?? null
}
