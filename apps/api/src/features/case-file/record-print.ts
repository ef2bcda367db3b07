import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { getCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'

/** Leaves the trace of a call sheet: what is on paper is no longer under our watch, and who printed it is known. */
export function recordPrint(deps: Deps, actor: Actor, id: CaseId): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await getCase(tx, actor, { id })
    await recordAudit(tx, actor, { action: `${row.kind}.print`, at: now, caseId: row.id, patientId: row.patientId })
  })
}
