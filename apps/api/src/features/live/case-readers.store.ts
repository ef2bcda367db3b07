import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, exists, gt, isNull, ne, sql } from 'drizzle-orm'
import { caseReaders } from '../../kernel/tables/case-reader.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'

export interface Reader {
  readonly cptsId: CptsId
  readonly caseId: CaseId
  readonly accountId: AccountId
}
interface Seen {
  readonly lastSeenAt: Date
  readonly readingUntil: Date
}

const rowOf = ({ cptsId, caseId, accountId }: Reader) =>
  and(eq(caseReaders.cptsId, cptsId), eq(caseReaders.caseId, caseId), eq(caseReaders.accountId, accountId))

/** Marks the reader as reading until then; gives what was known of them before, if anything. */
export async function markReading(tx: Db, reader: Reader, now: Date, until: Date): Promise<Seen | undefined> {
  const [before] = await tx
    .select({ lastSeenAt: caseReaders.lastSeenAt, readingUntil: caseReaders.readingUntil })
    .from(caseReaders)
    .where(rowOf(reader))
  const seen = { lastSeenAt: now, readingUntil: until }
  await tx
    .insert(caseReaders)
    .values({ ...reader, ...seen })
    .onConflictDoUpdate({ target: [caseReaders.cptsId, caseReaders.caseId, caseReaders.accountId], set: seen })
  return before
}

/** Ends a reading; false when it had ended already. */
export async function markLeft(tx: Db, reader: Reader, now: Date): Promise<boolean> {
  const ended = await tx
    .update(caseReaders)
    .set({ lastSeenAt: now, readingUntil: now })
    .where(and(rowOf(reader), gt(caseReaders.readingUntil, now)))
    .returning({ caseId: caseReaders.caseId })
  return ended.length > 0
}

/** Who else has the case before their eyes. */
export function listReaders(
  tx: Db,
  { cptsId, caseId, accountId }: Reader,
  now: Date,
): Promise<{ displayName: string; isCoordinator: boolean }[]> {
  const coordinates = exists(
    tx
      .select({ one: sql`1` })
      .from(memberships)
      .where(
        and(
          eq(memberships.cptsId, cptsId),
          eq(memberships.accountId, caseReaders.accountId),
          eq(memberships.role, 'coordinator'),
          isNull(memberships.endedAt),
        ),
      ),
  )
  return tx
    .select({ displayName: accounts.displayName, isCoordinator: sql<boolean>`${coordinates}` })
    .from(caseReaders)
    .innerJoin(accounts, eq(accounts.id, caseReaders.accountId))
    .where(
      and(
        eq(caseReaders.cptsId, cptsId),
        eq(caseReaders.caseId, caseId),
        ne(caseReaders.accountId, accountId),
        gt(caseReaders.readingUntil, now),
      ),
    )
    .orderBy(asc(accounts.displayName))
}
