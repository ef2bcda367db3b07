import type { CaseId, PatientId, PractitionerId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import type { Database, Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { Actor } from '../actor.ts'
import type { auditEntries } from '../tables/audit.table.ts'

export interface AuditRecord {
  action: string
  at: Date
  caseId?: CaseId
  patientId?: PatientId
  from?: string | null
  to?: string | null
  outcome?: 'done' | 'refused'
  onBehalf?: boolean
  /** In whose place, where one act concerns several; otherwise the actor says it. */
  onBehalfOf?: PractitionerId
  /** The cases and patients that a page or a search shows, by their ids. */
  shown?: readonly string[]
}

/** A line as it is written; the database numbers it and adds its own clock. */
type AuditLine = Required<Omit<typeof auditEntries.$inferInsert, 'position' | 'recordedAt' | 'shown'>> & {
  /** As PostgreSQL writes an array: rows of arrays of several lengths go through one statement. */
  shown: string | null
}

/** A page of the same person twice is told once; one that shows nobody has none. */
function idsIn(shown: readonly string[] | undefined): string | null {
  return shown && shown.length > 0 ? `{${[...new Set(shown)].join(',')}}` : null
}

function lineOf(actor: Actor, record: AuditRecord): AuditLine {
  const onBehalfOf = record.onBehalfOf ?? actor.onBehalfOf?.practitionerId ?? null
  return {
    cptsId: actor.cptsId,
    id: newRowId(),
    at: record.at,
    actorId: actor.accountId,
    role: actor.role,
    action: record.action,
    caseId: record.caseId ?? null,
    patientId: record.patientId ?? null,
    fromStatus: record.from ?? null,
    toStatus: record.to ?? null,
    outcome: record.outcome ?? 'done',
    onBehalf: record.onBehalf ?? onBehalfOf !== null,
    onBehalfOf,
    requestId: actor.requestId,
    shown: idsIn(record.shown),
  }
}

const types = {
  id: 'uuid',
  at: 'timestamptz',
  actorId: 'uuid',
  role: 'text',
  action: 'text',
  caseId: 'uuid',
  patientId: 'uuid',
  fromStatus: 'text',
  toStatus: 'text',
  outcome: 'text',
  onBehalf: 'boolean',
  onBehalfOf: 'uuid',
  requestId: 'text',
  shown: 'text',
} as const satisfies Partial<Record<keyof AuditLine, string>>
// The keys of a literal, in the order in which it names them.
const names = Object.keys(types) as (keyof typeof types)[]

const target = `insert into audit_entries (cpts_id, id, at, actor_id, role, action, case_id, patient_id, from_status,
  to_status, outcome, on_behalf, on_behalf_of, request_id, shown)`
const given = (name: (typeof names)[number]): string => `given."${name}"${name === 'shown' ? '::uuid[]' : ''}`
const oneLine = `${target} values ($1::uuid, ${names.map((name, at) => `$${at + 2}::${name === 'shown' ? 'uuid[]' : types[name]}`).join(', ')})`
const manyLines = `${target} select $1::uuid, ${names.map(given).join(', ')}
from unnest(${names.map((name, at) => `$${at + 2}::${types[name]}[]`).join(', ')}) as given (${names.map((name) => `"${name}"`).join(', ')})`

/** Named, and of two shapes alone: lines are written often enough for their building and planning to show. */
async function writeLines(db: Db, lines: readonly AuditLine[]): Promise<void> {
  const [first, ...others] = lines
  if (!first) return
  const statement =
    others.length === 0
      ? { name: 'audit_line', text: oneLine, values: [first.cptsId, ...names.map((name) => first[name])] }
      : {
          name: 'audit_lines',
          text: manyLines,
          values: [first.cptsId, ...names.map((name) => lines.map((line) => line[name]))],
        }
  await queryRows(db, statement)
}

/** Writes one line of the trail in the act's own transaction: an audit that fails undoes the act. */
export function recordAudit(tx: Db, actor: Actor, record: AuditRecord): Promise<void> {
  return writeLines(tx, [lineOf(actor, record)])
}

/** The same for several lines, in one statement. */
export function recordAudits(tx: Db, actor: Actor, records: readonly AuditRecord[]): Promise<void> {
  return writeLines(
    tx,
    records.map((record) => lineOf(actor, record)),
  )
}

/**
 * Reads within the actor's CPTS what must leave a line of the trail, which names whom it showed. What was read is handed
 * out once the line is committed, even when it showed nobody; readers of the same moment share the commit, and when it
 * fails none of them gets an answer. A refusal leaves no line here: the door keeps it.
 */
export async function readRecorded<T>(
  db: Database,
  actor: Actor,
  { shownBy, ...record }: AuditRecord & { readonly shownBy: (found: T) => readonly string[] },
  read: (db: Db) => Promise<T>,
): Promise<T> {
  const found = await db.read(actor.cptsId, read)
  await db.gather(actor.cptsId, writeLines, lineOf(actor, { ...record, shown: shownBy(found) }))
  return found
}
