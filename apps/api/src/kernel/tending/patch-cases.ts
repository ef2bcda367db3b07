import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { CaseRow } from '../tables/case.table.ts'

// The columns that time may change, as PostgreSQL names and types them.
const columns = {
  priority: 'jsonb',
  score: 'smallint',
  band_rank: 'smallint',
  due_at: 'timestamptz',
  due_code: 'text',
  queue_at: 'timestamptz',
  coverage: 'jsonb',
  live_proposals: 'smallint',
  escalated_at: 'timestamptz',
  escalation_reason: 'text',
} as const

type Column = keyof typeof columns

/** What changes on one case, and the version at which it was looked at. */
export type CasePatches = Pick<CaseRow, 'id' | 'version'> & Partial<Record<Column, unknown>>

/** Which columns, and whether somebody's open page must become stale: an act does that, time alone does not. */
export interface PatchShape {
  readonly name: string
  readonly columns: readonly Column[]
  readonly isAct: boolean
}

/** The statement of a shape: its text never depends on the number of cases. */
function textOf({ columns: named, isAct }: PatchShape): string {
  const given = named.map((column) => `${column} ${columns[column]}`).join(', ')
  const set = named.map((column) => `${column} = g.${column}`)
  const all = isAct ? [...set, 'version = c.version + 1', 'updated_at = $3::timestamptz'] : set
  const now = isAct ? '' : ' and $3::timestamptz is not null'
  // Whoever acts on a case at this moment comes first, and nobody waits: without waiting there is no deadlock.
  return `with given as (
      select * from jsonb_to_recordset($2::jsonb) as g(id uuid, seen integer, ${given})
    ), held as materialized (
      select c.id from cases c join given g on g.id = c.id and g.seen = c.version
      where c.cpts_id = $1${now} order by c.id for update of c skip locked
    )
    update cases c set ${all.join(', ')} from given g join held h on h.id = g.id
    where c.cpts_id = $1 and c.id = g.id returning c.id`
}

/**
 * Writes the headers of many cases in one statement. What was changed or is held by somebody else since it was read is
 * left out; returns the cases that were written.
 */
export async function patchCases(
  tx: Db,
  where: { cptsId: CptsId; now: Date },
  shape: PatchShape,
  patches: readonly CasePatches[],
): Promise<Set<CaseId>> {
  if (patches.length === 0) return new Set()
  const given = JSON.stringify(patches.map(({ version, ...patch }) => ({ ...patch, seen: version })))
  const rows = await queryRows<{ id: CaseId }>(tx, {
    name: `patch_cases_${shape.name}`,
    text: textOf(shape),
    values: [where.cptsId, given, where.now.toISOString()],
  })
  return new Set(rows.map(({ id }) => id))
}
