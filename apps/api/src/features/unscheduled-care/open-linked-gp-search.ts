import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problem } from '../../platform/problem-error.ts'

/**
 * Opens the search for a médecin traitant of a patient who came without one, or links the search already open. A
 * request that a red flag stopped asked for no consent, so it opens nothing.
 */
export function openLinkedGpSearch(deps: Deps, actor: Actor, input: { id: CaseId; version: number }): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { ...input, kind: 'unscheduled-care' })
    const open = context.kinds['gp-search'].openFrom
    if (!open) throw new Error('A search cannot be opened from another case')
    if (!before.consent) throw problem('wrong-status')
    const search = await open(tx, context, before)
    await touchCase(tx, context, before, {}, 'unscheduled-care.open-gp-search')
    return search
  })
}
