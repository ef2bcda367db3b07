import type { CaseKindName } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../platform/db/database.ts'
import { queryRows } from '../platform/db/named-query.ts'
import { rowsOf, runNamed } from '../platform/db/named-sql.ts'
import { namedByText, writtenRow } from '../platform/db/written-row.ts'
import { problem } from '../platform/problem-error.ts'
import type { Actor } from './actor.ts'
import { practitionersOf } from './delegation/standing-in.ts'
import type { Asker, Part } from './machine.ts'
import { type CaseRow, caseLinks, caseParticipants, cases } from './tables/case.table.ts'
import { visibleTo } from './visible-to.ts'

const { columns, toRow } = rowsOf(cases)

/** What an act may change on the header; status, version and clocks have their own way. */
export type CasePatch = Partial<Omit<CaseRow, 'cptsId' | 'id' | 'kind' | 'reference' | 'version' | 'patientId'>>

/**
 * Takes the case for this transaction: the row lock orders acts on one case. 404 when not visible, 409 `case-changed`
 * when the caller saw another version: compared before judging the move, else the loser of a race is told « wrong status ».
 */
export async function lockCase(
  tx: Db,
  actor: Actor,
  wanted: { id: CaseId; kind?: CaseKindName; version?: number },
): Promise<CaseRow> {
  const where = and(eq(cases.id, wanted.id), wanted.kind ? eq(cases.kind, wanted.kind) : undefined, visibleTo(actor))
  const [found] = await runNamed<Record<string, unknown>>(
    tx,
    sql`select ${columns} from ${cases} where ${where} for update`,
  )
  if (!found) throw problem('not-found')
  const row = toRow(found)
  if (wanted.version !== undefined && row.version !== wanted.version) throw problem('case-changed')
  return row
}

/** Reads a case that the actor may see, else 404. */
export async function getCase(db: Db, actor: Actor, wanted: { id: CaseId; kind?: CaseKindName }): Promise<CaseRow> {
  const where = and(eq(cases.id, wanted.id), wanted.kind ? eq(cases.kind, wanted.kind) : undefined, visibleTo(actor))
  const [row] = await runNamed<Record<string, unknown>>(db, sql`select ${columns} from ${cases} where ${where}`)
  if (!row) throw problem('not-found')
  return toRow(row)
}

/**
 * Writes the header with its version raised; the version stands in the WHERE as well, under the lock. Called once an act,
 * since each writing fills the indexes, moves the counters and is announced: `liveProposals`, which an act counts before
 * it moves the case, is written along.
 */
export async function updateCase(tx: Db, before: CaseRow, patch: CasePatch, now: Date): Promise<CaseRow> {
  const changes = { liveProposals: before.liveProposals, ...patch, version: before.version + 1, updatedAt: now }
  const written = writtenRow(cases, changes)
  const set = written.names.map((name, at) => `${name} = $${at + 4}`).join(', ')
  const text = `update cases set ${set} where cpts_id = $1 and id = $2 and version = $3 returning *`
  const values = [before.cptsId, before.id, before.version, ...written.values]
  const [after] = await queryRows<Record<string, unknown>>(tx, namedByText(text, values))
  if (!after) throw problem('case-changed')
  return toRow(after)
}

/** By which parts the actor holds this case. Empty for those who see the whole CPTS. */
export async function partsOf(db: Db, actor: Actor, caseId: CaseId): Promise<Part[]> {
  if (actor.role === 'coordinator' || actor.role === 'system') return []
  const holders = practitionersOf(actor, 'follow-patients')
  const held = await db
    .selectDistinct({ part: caseParticipants.part })
    .from(caseParticipants)
    .where(
      and(
        eq(caseParticipants.cptsId, actor.cptsId),
        eq(caseParticipants.caseId, caseId),
        isNull(caseParticipants.until),
        or(
          holders.length > 0 ? inArray(caseParticipants.practitionerId, holders) : undefined,
          actor.accountId ? eq(caseParticipants.accountId, actor.accountId) : undefined,
          actor.unitIds.length > 0
            ? sql`${caseParticipants.unitId} = any(${sql.param([...actor.unitIds])}::uuid[])`
            : undefined,
        ),
      ),
    )
  return held.map(({ part }) => part).filter((part) => part !== 'owner')
}

/** Who asks, for the machine: the role, and the parts that they hold in this case. */
export const askerOn = async (db: Db, actor: Actor, caseId: CaseId): Promise<Asker> => ({
  role: actor.role,
  parts: await partsOf(db, actor, caseId),
})

/** Ties two cases of one story. */
export async function linkCases(tx: Db, one: CaseRow, other: CaseRow, now: Date): Promise<void> {
  await tx
    .insert(caseLinks)
    .values({ cptsId: one.cptsId, caseId: one.id, linkedCaseId: other.id, createdAt: now })
    .onConflictDoNothing()
}
