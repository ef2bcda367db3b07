import type { DuplicatePair, DuplicateStatus, LikenessPart } from '@maillage/contracts/coordination/duplicates'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { DuplicateId } from '@maillage/contracts/kit/ids'
import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { duplicatePairs } from '../../kernel/tables/patient-likeness.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { problem } from '../../platform/problem-error.ts'

export type PairRow = typeof duplicatePairs.$inferSelect
type Person = DuplicatePair['people'][number]

interface ListedRow {
  id: DuplicateId
  status: DuplicateStatus
  score: number
  parts: LikenessPart[]
  found_at: string
  decided_at: string | null
  decided_by: string | null
  version: number
  one: Person
  other: Person
}

const person = (id: string): string => `(
  select json_build_object('id', p.id, 'displayName', p.first_name || ' ' || p.last_name, 'birthName', p.birth_name,
    'birthDate', p.birth_date, 'sex', p.sex,
    'municipality', coalesce((select name from municipalities m where m.code = p.municipality_code), ''),
    'openCases', coalesce((
      select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'reference', c.reference, 'status', c.status)
        order by c.opened_at, c.id)
      from cases c where c.cpts_id = $1 and c.patient_id = p.id and c.is_open), '[]'))
  from patients p where p.cpts_id = $1 and p.id = ${id})`

const listed = `select d.id, d.status, d.score, d.parts, d.found_at, d.decided_at,
  (select a.display_name from accounts a where a.id = d.decided_by) as decided_by, d.version,
  ${person('d.one_id')} as one, ${person('d.other_id')} as other
from duplicate_pairs d`

// A record merged with somebody else has left the list: its pairs speak of the kept one when it is compared again.
const bothStand = `not exists (select from patients p
  where p.cpts_id = $1 and p.id in (d.one_id, d.other_id) and p.merged_into_id is not null)`

const pageText = `${listed} where d.cpts_id = $1 and d.status = $2 and ${bothStand}
order by d.score desc, d.id limit $3`
const laterText = `${listed} where d.cpts_id = $1 and d.status = $2 and ${bothStand}
  and d.score <= $4 and (d.score < $4 or d.id > $5::uuid)
order by d.score desc, d.id limit $3`
const oneText = `${listed} where d.cpts_id = $1 and d.id = $2`

const PairCursor = z.tuple([z.int(), DuplicateId])

const toPair = (row: ListedRow): DuplicatePair => ({
  id: row.id,
  status: row.status,
  score: row.score,
  parts: row.parts,
  people: [row.one, row.other],
  foundAt: instantOf(row.found_at),
  decidedAt: row.decided_at && instantOf(row.decided_at),
  decidedBy: row.decided_by,
  version: row.version,
})

/** Pairs of one status, the most alike first. */
export async function listPairs(
  db: Db,
  cptsId: CptsId,
  { status, limit, cursor }: { status: DuplicateStatus; limit: number; cursor?: string | undefined },
): Promise<{ items: DuplicatePair[]; next: string | null }> {
  const after = decodeCursor(cursor, PairCursor)
  const values = [cptsId, status, limit + 1]
  const rows = await queryRows<ListedRow>(
    db,
    after
      ? { name: 'duplicate_pairs_later', text: laterText, values: [...values, ...after] }
      : { name: 'duplicate_pairs', text: pageText, values },
  )
  return toPage(rows, limit, (row) => [row.score, row.id], toPair)
}

/** How many pairs await a look, counted up to a hundred: the screen says « 99+ » beyond. */
export async function countSuspected(db: Db, cptsId: CptsId): Promise<number> {
  const [row] = await queryRows<{ found: number }>(db, {
    name: 'count_suspected',
    text: `select count(*)::int as found from (
      select from duplicate_pairs d where d.cpts_id = $1 and d.status = 'suspected' and ${bothStand} limit 100) f`,
    values: [cptsId],
  })
  return row?.found ?? 0
}

/** One pair as it is listed. */
export async function describePair(db: Db, cptsId: CptsId, id: DuplicateId): Promise<DuplicatePair> {
  const [row] = await queryRows<ListedRow>(db, { name: 'duplicate_pair', text: oneText, values: [cptsId, id] })
  if (!row) throw problem('not-found')
  return toPair(row)
}

const ofPair = (cptsId: CptsId, id: DuplicateId) => and(eq(duplicatePairs.cptsId, cptsId), eq(duplicatePairs.id, id))

/** Takes a pair to decide of it: 404 when there is none, 409 when somebody decided since. */
export async function lockPair(tx: Db, context: Context, id: DuplicateId, version: number): Promise<PairRow> {
  const [pair] = await tx.select().from(duplicatePairs).where(ofPair(context.actor.cptsId, id)).for('update')
  if (!pair) throw problem('not-found')
  if (pair.version !== version) throw problem('version-stale')
  return pair
}

/** Writes what was decided of a pair, by whom and when. */
export async function decidePair(tx: Db, context: Context, pair: PairRow, status: DuplicateStatus): Promise<void> {
  const isOpen = status === 'suspected'
  await tx
    .update(duplicatePairs)
    .set({
      status,
      decidedAt: isOpen ? null : context.now,
      decidedBy: isOpen ? null : context.actor.accountId,
      version: sql`${duplicatePairs.version} + 1`,
    })
    .where(ofPair(pair.cptsId, pair.id))
}

const searchesText = `select c.id, c.kind, c.reference, c.status, w.patient_id as "patientId",
  c.household_size as "householdSize", c.registered_at as "registeredAt", c.version
from (
  select s.id, s.patient_id from cases s
  where s.cpts_id = $1 and s.patient_id = any($2::uuid[]) and s.kind = 'gp-search' and s.is_open
  union select m.case_id, m.patient_id from gp_search_members m where m.cpts_id = $1 and m.patient_id = any($2::uuid[])
) w join cases c on c.cpts_id = $1 and c.id = w.id
where c.is_open order by c.registered_at, c.id`

export interface OpenSearch {
  id: CaseId
  kind: 'gp-search'
  reference: string
  status: string
  patientId: PatientId
  householdSize: number
  registeredAt: string
  version: number
}

/** The open searches for a médecin traitant of these records, their own and those of a household they stand in. */
export async function openSearchesOf(db: Db, cptsId: CptsId, ids: readonly PatientId[]): Promise<OpenSearch[]> {
  const rows = await queryRows<OpenSearch>(db, {
    name: 'searches_of_records',
    text: searchesText,
    values: [cptsId, [...ids]],
  })
  return rows.map((row) => ({ ...row, registeredAt: instantOf(row.registeredAt) }))
}
