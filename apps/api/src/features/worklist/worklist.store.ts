import { bands, type CoverageLine } from '@maillage/contracts/cases'
import type { WorklistItem, WorklistQuery } from '@maillage/contracts/worklist'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { readSought } from '../../kernel/patients/patient-lookup.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { dueWindow } from './due-window.ts'
import { WorklistCursor, worklistStatement } from './worklist.statement.ts'

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
}

/** One page of the queue, for somebody who sees the whole CPTS; `q` narrows it to whom was typed. */
export async function listWorklist(
  db: Db,
  about: { actor: Actor; kinds: CaseKinds; now: Date },
  query: WorklistQuery & { q?: string },
): Promise<{ items: WorklistItem[]; next: string | null }> {
  const { actor, kinds, now } = about
  const pointer = query.q === undefined ? '/query/cursor' : '/cursor'
  const after = decodeCursor(query.cursor, WorklistCursor, pointer)
  if (after && after[0] !== query.sort) throw invalidField(pointer, 'invalid-cursor')
  const zone = query.due && (await loadCalendar(db, actor.cptsId)).timeZone
  const page = {
    query,
    cptsId: actor.cptsId,
    me: actor.accountId,
    after,
    due: query.due && zone ? dueWindow(query.due, zone, now) : null,
    sought: query.q === undefined ? null : readSought(query.q, now),
  }
  const statement = worklistStatement(page, kinds)
  const rows = statement ? await queryRows<WorklistRow>(db, statement) : []
  return toPage(rows, query.limit, (row) => [query.sort, ...keysOf(row)], toItem)
}

const keysOf = (row: WorklistRow): (string | number)[] => [
  row.queue_at === 'infinity' ? row.queue_at : instantOf(row.queue_at),
  row.band_rank,
  instantOf(row.opened_at),
  row.id,
]

function toItem(row: WorklistRow): WorklistItem {
  return {
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
    version: row.version,
  }
}
