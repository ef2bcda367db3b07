import type { MoveGpSearch } from '@maillage/contracts/gp-search'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { lockCase } from '../../../kernel/case.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import { moveGpSearch, moveGpSearchIn } from '../move-gp-search.ts'
import { splitHouseholdIn } from './split-household.ts'

/**
 * A move as somebody asks for it. A pause, a closing or an agreement taken back by the person of the file alone takes
 * them out of the household first: it is told of their own search, the others' goes on and is what is answered.
 */
export function moveInHousehold(deps: Deps, actor: Actor, id: CaseId, input: MoveGpSearch): Promise<CaseRow> {
  const isScoped = input.action === 'close' || input.action === 'hold' || input.action === 'withdraw-consent'
  if (!isScoped || input.scope !== 'patient') return moveGpSearch(deps, actor, id, input)
  const { scope: _alone, version, ...next } = input
  return act(deps, actor, async (tx, context) => {
    const { householdSize, patientId } = await lockCase(tx, actor, { id, kind: 'gp-search', version })
    if (householdSize < 2) return moveGpSearchIn(tx, context, id, input)
    const split = { patientIds: [patientId], together: false, next, version }
    return (await splitHouseholdIn(tx, context, id, split)).row
  })
}
