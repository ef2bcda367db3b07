import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gt } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import { rankOf } from '../../kernel/priority.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { type CaseRow, cases } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { rescore } from './score-search.ts'

const batch = 200

/**
 * The nightly recomputation: seniority grows, discharges age, notices come near. One short transaction a batch, so that
 * the day's work never waits. A change of band is told in the case's story; a change of points alone is only stored.
 * Returns how many searches changed.
 */
export async function recomputePriorities(deps: Deps, cptsId: CptsId): Promise<number> {
  let changed = 0
  let after: CaseRow['id'] | undefined
  for (;;) {
    const step = await act(deps, systemActor(cptsId), (tx, context) => recomputeBatch(tx, context, after))
    changed += step.changed
    if (!step.last) return changed
    after = step.last
  }
}

async function recomputeBatch(tx: Db, context: Context, after: CaseRow['id'] | undefined) {
  const { cptsId } = context.actor
  const rows = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(eq(cases.cptsId, cptsId), eq(cases.kind, 'gp-search'), cases.isOpen, after ? gt(cases.id, after) : undefined),
    )
    .orderBy(asc(cases.id))
    .limit(batch)
  let changed = 0
  for (const { id } of rows) changed += Number(await recomputeOne(tx, context, id))
  return { changed, last: rows.length === batch ? rows.at(-1)?.id : undefined }
}

async function recomputeOne(tx: Db, context: Context, id: CaseRow['id']): Promise<boolean> {
  const row = await lockCase(tx, context.actor, { id })
  const patient = await findPatient(tx, context, row.patientId)
  if (!row.isOpen || !patient) return false
  const priority = await rescore(tx, context, row, patient)
  if (priority.score === row.score && priority.band === row.priority.band) return false
  const patch = { priority, score: priority.score, bandRank: rankOf(priority.band) }
  if (priority.band === row.priority.band) {
    await tx
      .update(cases)
      .set(patch)
      .where(and(eq(cases.cptsId, row.cptsId), eq(cases.id, id)))
    return true
  }
  await recordEvent(tx, context, row, {
    type: 'priority',
    action: 'recompute',
    data: { from: row.priority.band, to: priority.band },
  })
  await touchCase(tx, context, row, patch, 'gp-search.recompute')
  return true
}
