import type { CaseKindName } from '@maillage/contracts/cases'
import { PageQuery, several } from '@maillage/contracts/kit/page'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Db } from '../platform/db/database.ts'
import { decodeCursor, InstantKeys, toPage } from '../platform/http/cursor.ts'
import type { Actor } from './actor.ts'
import { recordAudit } from './record/audit.ts'
import { type CaseRow, cases } from './tables/case.table.ts'
import { visibleTo } from './visible-to.ts'

/** `?status=a&status=b&limit&cursor`; no status = open cases. */
export const CaseListQuery = PageQuery.extend({ status: several(z.string().regex(/^[a-z_]{1,40}$/)) })

/** The cases of a kind that the actor may see, newest first, described by their slice at once; the page is recorded. */
export async function listVisibleCases<View>(
  db: Db,
  actor: Actor,
  query: z.output<typeof CaseListQuery> & { kind: CaseKindName; now: Date },
  describe: (rows: readonly CaseRow[]) => Promise<View[]>,
): Promise<{ items: View[]; next: string | null }> {
  const after = decodeCursor(query.cursor, InstantKeys)
  const rows = await db
    .select()
    .from(cases)
    .where(
      and(
        visibleTo(actor),
        eq(cases.kind, query.kind),
        query.status ? inArray(cases.status, query.status) : cases.isOpen,
        after ? sql`(${cases.openedAt}, ${cases.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(cases.openedAt), desc(cases.id))
    .limit(query.limit + 1)
  const page = toPage(
    rows,
    query.limit,
    (row) => [row.openedAt.toISOString(), row.id],
    (row) => row,
  )
  const items = await describe(page.items)
  await recordAudit(db, actor, {
    action: `${query.kind}.list`,
    at: query.now,
    shown: page.items.map(({ id }) => id),
  })
  return { items, next: page.next }
}
