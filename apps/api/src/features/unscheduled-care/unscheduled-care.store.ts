import type { CaseId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gt, isNull, min, sql } from 'drizzle-orm'
import { type CaseRow, caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { rowsOf, runNamed, uuids } from '../../platform/db/named-sql.ts'
import { unscheduledCares } from './unscheduled-care.table.ts'

const { columns, toRow } = rowsOf(unscheduledCares)

export type UnscheduledCareRow = typeof unscheduledCares.$inferSelect
type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

const ofCare = ({ cptsId, id }: CaseKey) => and(eq(unscheduledCares.cptsId, cptsId), eq(unscheduledCares.caseId, id))

export async function getCareRow(db: Db, key: CaseKey): Promise<UnscheduledCareRow> {
  const [row] = await db.select().from(unscheduledCares).where(ofCare(key))
  if (!row) throw new Error('An unscheduled-care case has no row of its own')
  return row
}

/** The rows of these requests, by case. One statement. */
export async function careRowsOf(
  db: Db,
  cptsId: CptsId,
  ids: readonly CaseId[],
): Promise<Map<CaseId, UnscheduledCareRow>> {
  const statement = sql`select ${columns} from ${unscheduledCares}
    where ${unscheduledCares.cptsId} = ${cptsId} and ${unscheduledCares.caseId} = any(${uuids(ids)})`
  const rows = (await runNamed<Record<string, unknown>>(db, statement)).map(toRow)
  return new Map(rows.map((row) => [row.caseId, row]))
}

export async function insertCare(
  tx: Db,
  key: CaseKey,
  care: Omit<typeof unscheduledCares.$inferInsert, 'cptsId' | 'caseId'>,
): Promise<void> {
  await tx.insert(unscheduledCares).values({ cptsId: key.cptsId, caseId: key.id, ...care })
}

export async function updateCare(tx: Db, key: CaseKey, patch: Partial<UnscheduledCareRow>): Promise<void> {
  await tx.update(unscheduledCares).set(patch).where(ofCare(key))
}

type BookedWith = Pick<typeof practitioners.$inferSelect, 'id' | 'displayName' | 'practicePhone'>

/** Some of the directory, as patients are told about them, by id. */
export async function findBookedWith(
  db: Db,
  cptsId: CptsId,
  ids: readonly PractitionerId[],
): Promise<Map<PractitionerId, BookedWith>> {
  if (ids.length === 0) return new Map()
  const rows = await runNamed<BookedWith>(
    db,
    sql`select id, display_name as "displayName", practice_phone as "practicePhone" from practitioners
      where cpts_id = ${cptsId} and id = any(${uuids(ids)})`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Does the directory still list this practitioner? */
export async function isInDirectory(db: Db, { cptsId }: Pick<CaseKey, 'cptsId'>, id: PractitionerId): Promise<boolean> {
  const [listed] = await db
    .select({ id: practitioners.id })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id), isNull(practitioners.goneAt)))
  return listed !== undefined
}

/** When the first of the proposals that await an answer expires. */
export async function firstExpiryOf(db: Db, { cptsId, id }: CaseKey): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(proposals.expiresAt) })
    .from(proposals)
    .where(and(eq(proposals.cptsId, cptsId), eq(proposals.caseId, id), eq(proposals.status, 'pending')))
  return row?.at ?? null
}

/** How many requests a batch looks at. */
export const watchBatch = 200

/** Where a walk through the waiting requests stands: those never escalated first, then those to which a triage gave time since. */
export type WatchCursor = { escalatedAt: string | null; id: string }

/**
 * Some of the requests for which nobody was found yet, behind a cursor, with what was told of them since their clock
 * started. Statuses and kind are written out as the index has them.
 */
export const waitingCares = (tx: Db, cptsId: CaseRow['cptsId'], after: WatchCursor, now: Date) =>
  tx
    .select({
      row: cases,
      care: unscheduledCares,
      told: sql<string[]>`array(select distinct e.action from ${caseEvents} e where e.cpts_id = ${cases.cptsId}
        and e.case_id = ${cases.id} and e.at >= ${cases.clockStartedAt} and e.action in ('triage-late', 'care-late'))`,
      at: sql<string | null>`${cases.escalatedAt}::text`,
    })
    .from(cases)
    .innerJoin(unscheduledCares, and(eq(unscheduledCares.cptsId, cases.cptsId), eq(unscheduledCares.caseId, cases.id)))
    .where(
      and(
        eq(cases.cptsId, cptsId),
        cases.isOpen,
        sql`${cases.kind} = 'unscheduled-care' and ${cases.status} in ('submitted', 'triaged', 'offering', 'no_show')`,
        after.escalatedAt === null
          ? and(isNull(cases.escalatedAt), gt(cases.id, sql`${after.id}::uuid`))
          : sql`(${cases.escalatedAt}, ${cases.id}) > (${after.escalatedAt}::timestamptz, ${after.id}::uuid)
              and ${cases.dueAt} > ${now.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(cases.escalatedAt), asc(cases.id))
    .limit(watchBatch)
