import type { CaseId, CptsId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { systemActor } from '../../../kernel/actor.ts'
import { recordAudits } from '../../../kernel/record/record-many.ts'
import type { Db } from '../../../platform/db/database.ts'
import type { Owner } from '../../../platform/jobs/owner.ts'
import { inBatches, type Pace, withoutRest } from '../../../platform/jobs/pace.ts'
import { waitingListImports as imports, waitingListImportLines as lines } from './waiting-list-import.table.ts'

/** Which list is taken back. */
export interface UndoRun {
  readonly owner: Pick<Owner, 'transaction'>
  readonly cptsId: CptsId
  readonly importId: WaitingListImportId
  readonly now: () => Date
  readonly pace?: Pace
}

const batch = 200

/**
 * Removes what an import opened and nobody touched since, in small transactions under the owner of the tables: the
 * API's own role may remove neither a case nor its story. What somebody worked on is kept and counted. Run twice, it
 * goes on where it stood.
 */
export async function runUndo(run: UndoRun): Promise<void> {
  await inBatches(run.pace ?? withoutRest, async () => !(await run.owner.transaction((tx) => undoBatch(tx, run))))
}

/** One batch; true when nothing is left to undo. */
async function undoBatch(tx: Db, run: UndoRun): Promise<boolean> {
  const here = and(eq(imports.cptsId, run.cptsId), eq(imports.id, run.importId))
  const [row] = await tx
    .select({ status: imports.status, undone: imports.undone })
    .from(imports)
    .where(here)
    .for('update')
  if (row?.status !== 'undoing') return true
  const before = row.undone ?? { removed: 0, kept: 0 }
  const opened = await takeLines(tx, run)
  const untouched = await untouchedAmong(tx, run, opened)
  await removeCases(tx, run, untouched)
  const undone = {
    removed: before.removed + untouched.length,
    kept: before.kept + opened.length - untouched.length,
  }
  const isOver = opened.length < batch
  const end = isOver ? { status: 'undone' as const, content: null, version: sql`${imports.version} + 1` } : {}
  await tx
    .update(imports)
    .set({ undone, beatAt: run.now(), ...end })
    .where(here)
  return isOver
}

/** The next cases that the import opened; their lines no longer name them, the reference stays. */
async function takeLines(tx: Db, { cptsId, importId }: UndoRun): Promise<CaseId[]> {
  const ofImport = and(eq(lines.cptsId, cptsId), eq(lines.importId, importId))
  const rows = await tx
    .select({ line: lines.line, caseId: lines.caseId })
    .from(lines)
    .where(and(ofImport, isNotNull(lines.caseId)))
    .orderBy(lines.line)
    .limit(batch)
  if (rows.length === 0) return []
  const taken = rows.map(({ line }) => line)
  await tx
    .update(lines)
    .set({ caseId: null })
    .where(and(ofImport, inArray(lines.line, taken)))
  return rows.flatMap(({ caseId }) => (caseId ? [caseId] : []))
}

/** Nobody but the system acted on them, and nobody corrected the person. */
async function untouchedAmong(tx: Db, { cptsId }: UndoRun, opened: readonly CaseId[]): Promise<CaseId[]> {
  if (opened.length === 0) return []
  // Whoever is about to act on one waits, then finds it gone; whoever just did is seen by the question below.
  await tx.execute(
    sql`select from cases where cpts_id = ${cptsId} and id = any(${uuids(opened)}) order by id for update`,
  )
  const { rows } = await tx.execute<{ id: CaseId }>(sql`
    select c.id from cases c
    join patients p on p.cpts_id = c.cpts_id and p.id = c.patient_id
    where c.cpts_id = ${cptsId} and c.id = any(${uuids(opened)})
      and c.status = 'submitted' and c.owner_id is null and p.version = 1
      and not exists (select from case_events e where e.cpts_id = c.cpts_id and e.case_id = c.id and e.actor_role <> 'system')
      and not exists (select from proposals o where o.cpts_id = c.cpts_id and o.case_id = c.id)
      and not exists (select from reminders r where r.cpts_id = c.cpts_id and r.case_id = c.id)
      and not exists (select from case_links l where l.cpts_id = c.cpts_id and c.id in (l.case_id, l.linked_case_id))
      and not exists (select from cases s where s.cpts_id = c.cpts_id and s.patient_id = c.patient_id and s.id <> c.id)
      and not exists (select from revalidations v where v.cpts_id = c.cpts_id and v.case_id = c.id)
      and not exists (select from registrations g where g.cpts_id = c.cpts_id and g.case_id = c.id)
      and not exists (select from registrations g where g.cpts_id = c.cpts_id and g.patient_id = c.patient_id)
      and not exists (select from gp_search_members m where m.cpts_id = c.cpts_id and m.case_id = c.id)
      and not exists (select from gp_search_members m where m.cpts_id = c.cpts_id and m.own_case_id = c.id)
      and not exists (select from gp_search_members m where m.cpts_id = c.cpts_id and m.patient_id = c.patient_id)
      and not exists (select from patient_merges g where g.cpts_id = c.cpts_id and g.kept_id = c.patient_id)
      and not exists (select from patient_merges g where g.cpts_id = c.cpts_id and g.merged_id = c.patient_id)
      and not exists (select from patient_identities i where i.cpts_id = c.cpts_id and i.patient_id = c.patient_id)`)
  return rows.map(({ id }) => id)
}

/** What stands on a case that nobody worked on: who read it, and that a mail told of it, among others. */
export const written = [
  'case_events',
  'case_participants',
  'case_readers',
  'message_readings',
  'unread_alerts',
  'gp_searches',
] as const

/** What stands on a case that somebody worked on, or on one of another kind: such a case is kept. */
export const worked = [
  'proposals',
  'reminders',
  'case_links',
  'gp_search_members',
  'unscheduled_cares',
  'hospital_discharges',
  'discharge_needs',
  'slot_bookings',
  'revalidations',
  'revalidation_attempts',
  'registrations',
  'registration_consents',
] as const

/** What stands on a person whom nobody worked on and leaves with them: how they are found, and who looks like them. */
export const ofPerson = ['patient_search_tokens', 'patient_match_keys', 'duplicate_pairs'] as const

/** What stands on a person whom somebody worked on: such a person is kept, and their case with them. */
export const workedOfPerson = ['registrations', 'patient_merges', 'gp_search_members', 'patient_identities'] as const

/** A case that only the import wrote leaves with its person; the trail keeps that it was there. */
async function removeCases(tx: Db, { cptsId, now }: UndoRun, ids: readonly CaseId[]): Promise<void> {
  if (ids.length === 0) return
  const these = sql`cpts_id = ${cptsId} and case_id = any(${uuids(ids)})`
  for (const table of written) await tx.execute(sql`delete from ${sql.identifier(table)} where ${these}`)
  const { rows } = await tx.execute<{ patient_id: string }>(
    sql`delete from cases where cpts_id = ${cptsId} and id = any(${uuids(ids)}) returning patient_id`,
  )
  const people = uuids(rows.map(({ patient_id }) => patient_id))
  await tx.execute(sql`delete from patient_search_tokens where cpts_id = ${cptsId} and patient_id = any(${people})`)
  await tx.execute(sql`delete from patients where cpts_id = ${cptsId} and id = any(${people})`)
  await recordAudits(
    tx,
    { actor: systemActor(cptsId), now: now() },
    ids.map((caseId) => ({ action: 'gp-search.import-undone', caseId })),
  )
}

// One text parameter whatever the size of the batch: the driver would spread an array into a list.
const uuids = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`
