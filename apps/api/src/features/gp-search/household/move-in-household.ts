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
 * A move as somebody asks for it. A pause or a closing of the person of the file alone takes them out of the household
 * first: their own search pauses or closes, the others' goes on and is what is answered.
 */
export function moveInHousehold(deps: Deps, actor: Actor, id: CaseId, input: MoveGpSearch): Promise<CaseRow> {
  if ((input.action !== 'close' && input.action !== 'hold') || input.scope !== 'patient')
    return moveGpSearch(deps, actor, id, input)
  const { scope: _alone, version, ...next } = input
  return act(deps, actor, async (tx, context) => {
    const { householdSize, patientId } = await lockCase(tx, actor, { id, kind: 'gp-search', version })
    if (householdSize < 2) return moveGpSearchIn(tx, context, id, input)
    const split = { patientIds: [patientId], together: false, next, version }
    return (await splitHouseholdIn(tx, context, id, split)).row
  })
}
