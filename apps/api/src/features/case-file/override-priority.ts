import type { OverridePriority } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { z } from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { bandOf, isOneStep, priorityFrom, rankOf } from '../../kernel/priority.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { bandBeforeOverride } from './case-file.store.ts'

/**
 * Moves a case one band up or down from what the rules say, with a reason; `band: null` goes back to the rules. The
 * step is counted from the computed band, so that two overrides do not make two steps.
 */
export function overridePriority(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  { band, reason, version }: z.output<typeof OverridePriority>,
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id, version })
    if (!before.isOpen) throw problem('wrong-status')
    const { override: overridden, ...known } = before.priority
    // Not every kind bands by its score: what the rules said is kept in the story of the first override.
    const computed = overridden ? ((await bandBeforeOverride(tx, before)) ?? bandOf(known.score)) : known.band
    if (band && !isOneStep(computed, band)) throw invalidField('/band', 'more-than-one-step')
    const override = band ? { band, reason, by: actor.displayName, at: context.now.toISOString() } : undefined
    const priority = priorityFrom({ ...known, band: computed }, override)
    const action = band ? 'override' : 'restore'
    await recordEvent(tx, context, before, {
      type: 'priority',
      action,
      text: reason,
      data: { from: known.band, to: priority.band, computed },
    })
    return touchCase(
      tx,
      context,
      before,
      { priority, bandRank: rankOf(priority.band) },
      `${before.kind}.${band ? 'override-priority' : 'restore-priority'}`,
    )
  })
}
