import { mergeUndoDays, type PatientMerge } from '@maillage/contracts/coordination/duplicates'
import { Instant } from '@maillage/contracts/kit/dates'
import { type CptsId, type PatientId, PatientMergeId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { problem } from '../../platform/problem-error.ts'

interface ListedRow {
  id: PatientMergeId
  kept_id: PatientId
  merged_id: PatientId
  name: string
  merged_name: string
  merged_at: string
  merged_by: string | null
  undone_at: string | null
  undone_by: string | null
  is_last: boolean
}

const listed = `select g.id, g.kept_id, g.merged_id, k.first_name || ' ' || k.last_name as name,
  o.first_name || ' ' || o.last_name as merged_name, g.merged_at, g.undone_at,
  (select a.display_name from accounts a where a.id = g.merged_by) as merged_by,
  (select a.display_name from accounts a where a.id = g.undone_by) as undone_by,
  k.merged_into_id is null as is_last
from patient_merges g
join patients k on k.cpts_id = $1 and k.id = g.kept_id
join patients o on o.cpts_id = $1 and o.id = g.merged_id`

const days = 86_400_000

/** Until when a merge made then may be undone. */
export const undoUntil = (mergedAt: Date): Date => new Date(mergedAt.getTime() + mergeUndoDays * days)

function toMerge(row: ListedRow, now: Date): PatientMerge {
  const until = undoUntil(new Date(instantOf(row.merged_at)))
  const isUndoable = row.undone_at === null && row.is_last && until > now
  return {
    id: row.id,
    keptId: row.kept_id,
    mergedId: row.merged_id,
    displayName: row.name,
    mergedDisplayName: row.merged_name,
    mergedAt: instantOf(row.merged_at),
    mergedBy: row.merged_by,
    undoneAt: row.undone_at && instantOf(row.undone_at),
    undoneBy: row.undone_by,
    undoUntil: isUndoable ? until.toISOString() : null,
  }
}

const MergeCursor = z.tuple([Instant, PatientMergeId])

/** The merges of a CPTS, the newest first. */
export async function listMerges(
  db: Db,
  about: { cptsId: CptsId; now: Date },
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: PatientMerge[]; next: string | null }> {
  const after = decodeCursor(cursor, MergeCursor)
  const where = after ? 'and (g.merged_at, g.id) < ($3::timestamptz, $4::uuid)' : ''
  const rows = await queryRows<ListedRow>(db, {
    name: after ? 'merges_later' : 'merges',
    text: `${listed} where g.cpts_id = $1 ${where} order by g.merged_at desc, g.id desc limit $2`,
    values: [about.cptsId, limit + 1, ...(after ?? [])],
  })
  return toPage(
    rows,
    limit,
    (row) => [instantOf(row.merged_at), row.id],
    (row) => toMerge(row, about.now),
  )
}

/** One merge, as it is listed. */
export async function describeMerge(db: Db, cptsId: CptsId, id: PatientMergeId, now: Date): Promise<PatientMerge> {
  const [row] = await queryRows<ListedRow>(db, {
    name: 'one_merge',
    text: `${listed} where g.cpts_id = $1 and g.id = $2`,
    values: [cptsId, id],
  })
  if (!row) throw problem('not-found')
  return toMerge(row, now)
}
