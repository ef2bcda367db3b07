import type { NewCaseLink } from '@maillage/contracts/case-links'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { z } from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { getCase, linkCases, lockCase } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { deleteLink, findByReference } from './case-file.store.ts'

type Tie = 'link' | 'unlink'

/** Ties two cases that tell one story, whoever they are about; both stories say so. */
export function linkTwoCases(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  { reference, version }: z.output<typeof NewCaseLink>,
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id, version })
    const found = await findByReference(tx, actor, reference)
    if (!found) throw invalidField('/reference', 'unknown')
    if (found.id === row.id) throw invalidField('/reference', 'itself')
    const other = await getCase(tx, actor, { id: found.id })
    await linkCases(tx, row, other, context.now)
    return tell(tx, context, row, other, 'link')
  })
}

/** Unties two cases. What was written while they were tied stays in both. */
export function unlinkCases(deps: Deps, actor: Actor, id: CaseId, linkedId: CaseId): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id })
    const other = await getCase(tx, actor, { id: linkedId })
    if (!(await deleteLink(tx, row, other))) throw problem('not-found')
    return tell(tx, context, row, other, 'unlink')
  })
}

async function tell(tx: Db, context: Context, row: CaseRow, other: CaseRow, action: Tie): Promise<CaseRow> {
  await recordEvent(tx, context, row, { type: 'link', action, text: other.reference, data: { with: other.id } })
  await recordEvent(tx, context, other, { type: 'link', action, text: row.reference, data: { with: row.id } })
  await recordAudit(tx, context.actor, {
    action: `${other.kind}.${action}`,
    at: context.now,
    caseId: other.id,
    patientId: other.patientId,
  })
  return touchCase(tx, context, row, {}, `${row.kind}.${action}`)
}
