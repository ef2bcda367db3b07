import type { ChangeOwner } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { z } from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { isCoordinator } from './case-file.store.ts'

/** Takes a case, hands it over to another coordinator, or lets it go. */
export function changeOwner(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  { ownerId, version }: z.output<typeof ChangeOwner>,
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id, version })
    if (ownerId && !(await isCoordinator(tx, before.cptsId, ownerId))) throw invalidField('/ownerId', 'unknown')
    const action = nameOf(actor, ownerId)
    await recordEvent(tx, context, before, { type: 'owner', action, data: { from: before.ownerId, to: ownerId } })
    return touchCase(tx, context, before, { ownerId }, `${before.kind}.${action}`)
  })
}

function nameOf(actor: Actor, ownerId: CaseRow['ownerId']): 'take' | 'hand-over' | 'let-go' {
  if (!ownerId) return 'let-go'
  return ownerId === actor.accountId ? 'take' : 'hand-over'
}
