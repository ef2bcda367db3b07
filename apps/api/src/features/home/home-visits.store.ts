import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { homeVisits } from './home.table.ts'

export type HomeVisit = Pick<typeof homeVisits.$inferSelect, 'since' | 'lastAt'>

interface Visitor {
  readonly cptsId: CptsId
  readonly accountId: AccountId
}

/** What is remembered of this person's visits; undefined before the first. */
export async function findVisit(db: Db, { cptsId, accountId }: Visitor): Promise<HomeVisit | undefined> {
  const [row] = await db
    .select({ since: homeVisits.since, lastAt: homeVisits.lastAt })
    .from(homeVisits)
    .where(and(eq(homeVisits.cptsId, cptsId), eq(homeVisits.accountId, accountId)))
  return row
}

export async function keepVisit(tx: Db, visitor: Visitor, visit: HomeVisit): Promise<void> {
  await tx
    .insert(homeVisits)
    .values({ cptsId: visitor.cptsId, accountId: visitor.accountId, ...visit })
    .onConflictDoUpdate({ target: [homeVisits.cptsId, homeVisits.accountId], set: visit })
}
