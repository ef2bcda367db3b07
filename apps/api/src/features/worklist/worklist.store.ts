import { bands, type CoverageLine } from '@maillage/contracts/cases'
import type { WorklistItem, WorklistQuery, WorklistRows, WorklistSearch } from '@maillage/contracts/worklist'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { findTyped, readTyped } from '../../kernel/patients/find-sought.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { dueWindow } from './due-window.ts'
import { severalActsOf } from './several-acts.ts'
import { WorklistCursor, type WorklistPage, worklistStatement } from './worklist.statement.ts'

interface WorklistRow {
  id: WorklistItem['id']
  reference: string
  kind: WorklistItem['kind']
  status: string
  band_rank: number
  score: number
  due_at: string | null
  due_code: WorklistItem['dueCode']
  queue_at: string
  first_name: string
  last_name: string
  birth_date: WorklistItem['birthDate']
  sex: WorklistItem['sex']
  municipality: string | null
  owner_id: WorklistItem['ownerId']
  owner_name: string | null
  opened_at: string
  updated_at: string
  escalated: boolean
  live_proposals: number
  household_size: number
  coverage: CoverageLine[]
  version: number
  /** Read where people were sought. */
  found_with?: string | null
}

// Words read for one typed word: some people have no open case, or none that the filters let through.
const mostWalked = 500

/**
 * One page of the queue, for somebody who sees the whole CPTS. Refuses a cursor that is not one before anything is read.
 */
export function listWorklist(about: About, query: WorklistQuery): (db: Db) => Promise<Page> {
  const after = afterOf(query, '/query/cursor')
  return (db) => readPage(db, about, { query, after, sought: null })
}

/**
 * The cases of whom was typed, in the order of the queue. Exact as long as `isPartial` is false; when too many people
 * match, the cases are those of the first of them, and somebody types more.
 */
export function searchWorklist(
  about: About & { cipher: FieldCipher },
  { q, ...query }: WorklistSearch,
): (db: Db) => Promise<Page & { isPartial: boolean }> {
  const after = afterOf(query, '/cursor')
  const sought = readTyped(q, about.now)
  return async (db) => {
    const { references } = sought
    if (references.length > 0) {
      return {
        ...(await readPage(db, about, { query, after, sought: { references, patients: [] } })),
        isPartial: false,
      }
    }
    const { ids, inside, isPartial } = await findTyped(
      db,
      { cptsId: about.actor.cptsId, cipher: about.cipher },
      sought,
      mostWalked,
    )
    const patients = [...ids, ...inside]
    if (patients.length === 0) return { items: [], next: null, isPartial }
    return { ...(await readPage(db, about, { query, after, sought: { references, patients } })), isPartial }
  }
}

interface About {
  actor: Actor
  kinds: CaseKinds
  now: Date
}

interface Page {
  items: WorklistItem[]
  next: string | null
}

function afterOf({ cursor, sort }: Omit<WorklistSearch, 'q'>, pointer: string): WorklistCursor | undefined {
  const after = decodeCursor(cursor, WorklistCursor, pointer)
  if (after && after[0] !== sort) throw invalidField(pointer, 'invalid-cursor')
  return after
}

async function readPage(db: Db, about: About, page: Pick<WorklistPage, 'query' | 'after' | 'sought'>): Promise<Page> {
  const rows = await readRows(db, about, page)
  return toPage(rows, page.query.limit, (row) => [page.query.sort, ...keysOf(row)], toItemOf(about.kinds, about.actor))
}

/** Some rows by the cases' ids: those that the filters let through, in the order of the queue. */
export function findWorklistRows(
  about: About,
  { ids, ...query }: WorklistRows,
): (db: Db) => Promise<{ items: WorklistItem[] }> {
  const page = { query: { ...query, limit: ids.length }, after: undefined, sought: null, ids }
  return async (db) => ({ items: (await readRows(db, about, page)).map(toItemOf(about.kinds, about.actor)) })
}

async function readRows(
  db: Db,
  { actor, kinds, now }: About,
  page: Pick<WorklistPage, 'query' | 'after' | 'sought' | 'ids'>,
): Promise<WorklistRow[]> {
  const { due } = page.query
  const zone = due && (await loadCalendar(db, actor.cptsId)).timeZone
  const statement = worklistStatement(
    { ...page, cptsId: actor.cptsId, me: actor.accountId, due: due && zone ? dueWindow(due, zone, now) : null },
    kinds,
  )
  return statement ? await queryRows<WorklistRow>(db, statement) : []
}

const keysOf = (row: WorklistRow): (string | number)[] => [
  row.queue_at === 'infinity' ? row.queue_at : instantOf(row.queue_at),
  row.band_rank,
  instantOf(row.opened_at),
  row.id,
]

function toItemOf(kinds: CaseKinds, actor: Actor): (row: WorklistRow) => WorklistItem {
  const actsOf = severalActsOf(kinds, actor)
  return (row) => ({
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    status: row.status,
    band: bands[row.band_rank - 1] ?? 'P4',
    score: row.score,
    dueAt: row.due_at && instantOf(row.due_at),
    dueCode: row.due_code,
    firstName: row.first_name,
    lastName: row.last_name,
    birthDate: row.birth_date,
    sex: row.sex,
    municipality: row.municipality ?? '',
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    openedAt: instantOf(row.opened_at),
    updatedAt: instantOf(row.updated_at),
    escalated: row.escalated,
    liveProposals: row.live_proposals,
    householdSize: row.household_size,
    coverage: row.coverage,
    acts: actsOf(row.kind, row.status),
    version: row.version,
    ...(row.found_with ? { foundWith: row.found_with } : {}),
  })
}
