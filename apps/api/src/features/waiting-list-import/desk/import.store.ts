import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportCounts } from '@maillage/contracts/waiting-list-imports'
import { and, asc, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import type { Actor } from '../../../kernel/actor.ts'
import { accounts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { waitingListImports as imports, waitingListImportLines as lines } from './waiting-list-import.table.ts'

export type ImportRow = typeof imports.$inferSelect
export type ImportSummaryRow = Omit<ImportRow, 'content'> & { createdByName: string; hasContent: boolean }
export type ImportLineRow = typeof lines.$inferSelect
type Tenant = Pick<Actor, 'cptsId'>

const one = ({ cptsId }: Tenant, id: WaitingListImportId) => and(eq(imports.cptsId, cptsId), eq(imports.id, id))

const summaryColumns = {
  cptsId: imports.cptsId,
  id: imports.id,
  fileName: imports.fileName,
  sheet: imports.sheet,
  choices: imports.choices,
  status: imports.status,
  lines: imports.lines,
  done: imports.done,
  counts: imports.counts,
  createdBy: imports.createdBy,
  createdAt: imports.createdAt,
  beatAt: imports.beatAt,
  finishedAt: imports.finishedAt,
  undone: imports.undone,
  version: imports.version,
  createdByName: accounts.displayName,
  hasContent: sql<boolean>`${imports.content} is not null`,
}

/** Keeps a list that was just given. */
export async function insertImport(tx: Db, row: typeof imports.$inferInsert): Promise<void> {
  await tx.insert(imports).values(row)
}

/** A list without its file, for what is shown of it. */
export async function findImport(
  db: Db,
  tenant: Tenant,
  id: WaitingListImportId,
): Promise<ImportSummaryRow | undefined> {
  const [row] = await db
    .select(summaryColumns)
    .from(imports)
    .innerJoin(accounts, eq(accounts.id, imports.createdBy))
    .where(one(tenant, id))
  return row
}

/** The file of a list, while it is kept. */
export async function findContent(db: Db, tenant: Tenant, id: WaitingListImportId): Promise<Buffer | undefined> {
  const [row] = await db.select({ content: imports.content }).from(imports).where(one(tenant, id))
  return row?.content ?? undefined
}

/** The lists given in this CPTS, newest first. */
export async function listImports(
  db: Db,
  { cptsId }: Tenant,
  page: { limit: number; after: readonly [string, string] | undefined },
): Promise<ImportSummaryRow[]> {
  const before = page.after
    ? sql`(${imports.createdAt}, ${imports.id}) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`
    : undefined
  return await db
    .select(summaryColumns)
    .from(imports)
    .innerJoin(accounts, eq(accounts.id, imports.createdBy))
    .where(and(eq(imports.cptsId, cptsId), before))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(page.limit)
}

type Change = Partial<Pick<ImportRow, 'sheet' | 'choices' | 'status' | 'lines' | 'beatAt' | 'finishedAt' | 'undone'>>

/** Changes a list that nobody changed since the version given; false when somebody did. */
export async function changeImport(
  tx: Db,
  tenant: Tenant,
  { id, version }: { id: WaitingListImportId; version: number },
  change: Change,
): Promise<boolean> {
  const changed = await tx
    .update(imports)
    .set({ ...change, version: sql`${imports.version} + 1` })
    .where(and(one(tenant, id), eq(imports.version, version)))
    .returning({ id: imports.id })
  return changed.length > 0
}

/** Forgets a list that was never started. */
export async function deleteImport(tx: Db, tenant: Tenant, id: WaitingListImportId): Promise<void> {
  await tx.delete(imports).where(one(tenant, id))
}

/** Silence after which a running list is taken over: its process is gone. */
const silenceMs = 60_000

/** Takes a running list to run it; false when another process has it in hand. */
export async function claimImport(tx: Db, tenant: Tenant, id: WaitingListImportId, now: Date): Promise<boolean> {
  const silent = new Date(now.getTime() - silenceMs)
  const taken = await tx
    .update(imports)
    .set({ beatAt: now })
    .where(
      and(
        one(tenant, id),
        eq(imports.status, 'running'),
        or(sql`${imports.beatAt} is null`, lt(imports.beatAt, silent)),
      ),
    )
    .returning({ id: imports.id })
  return taken.length > 0
}

/** Leaves a running list to whoever takes it up next. */
export async function letImportGo(tx: Db, tenant: Tenant, id: WaitingListImportId): Promise<void> {
  await tx.update(imports).set({ beatAt: null }).where(one(tenant, id))
}

/** Tells how far a running list went, and that somebody runs it. */
export async function beatImport(
  tx: Db,
  tenant: Tenant,
  id: WaitingListImportId,
  progress: { done: number; counts: ImportCounts; now: Date },
): Promise<void> {
  const { done, counts, now } = progress
  await tx.update(imports).set({ done, counts, beatAt: now }).where(one(tenant, id))
}

/** Keeps the fate of a line; a line settled twice keeps its first. */
export async function insertLine(tx: Db, line: typeof lines.$inferInsert): Promise<void> {
  await tx.insert(lines).values(line).onConflictDoNothing()
}

/** Which lines are settled, and how: without what stood in them. */
export const listOutcomes = (
  db: Db,
  { cptsId }: Tenant,
  id: WaitingListImportId,
): Promise<Pick<ImportLineRow, 'line' | 'outcome' | 'lookAlike'>[]> =>
  db
    .select({ line: lines.line, outcome: lines.outcome, lookAlike: lines.lookAlike })
    .from(lines)
    .where(and(eq(lines.cptsId, cptsId), eq(lines.importId, id)))

/** The fates of a list's lines in the order of the file, from a line on. */
export async function listLines(
  db: Db,
  { cptsId }: Tenant,
  id: WaitingListImportId,
  page: { limit: number; after?: number; outcomes?: readonly ImportLineRow['outcome'][] },
): Promise<ImportLineRow[]> {
  return await db
    .select()
    .from(lines)
    .where(
      and(
        eq(lines.cptsId, cptsId),
        eq(lines.importId, id),
        page.after === undefined ? undefined : gt(lines.line, page.after),
        page.outcomes ? inArray(lines.outcome, [...page.outcomes]) : undefined,
      ),
    )
    .orderBy(asc(lines.line))
    .limit(page.limit)
}
