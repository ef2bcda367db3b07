import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { IntakeCapacity, SetIntakeCapacity } from '@maillage/contracts/practitioners'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { type CapacityRow, lockCapacity } from '../../kernel/proposals/proposal.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { describeCapacity, insertCapacity, renewCapacity } from './intake.store.ts'
import { noteDeclaration } from './noted/noted-declaration.store.ts'
import { declaring, demandOwnEntry } from './own-entry.ts'
import { areMunicipalities } from './practitioner.store.ts'

/**
 * Declares places for new patients. The row is locked, so that an acceptance takes its places from one declaration or
 * from the other, never from both.
 */
export function declareCapacity(
  deps: Deps,
  actor: Actor,
  id: PractitionerId,
  declared: SetIntakeCapacity,
): Promise<IntakeCapacity> {
  return act(deps, actor, async (tx, context) => {
    // As they stand under lock: a delegation that ended meanwhile is worth nothing here.
    await demandOwnEntry(tx, context.actor, id)
    const { opensAt, closesAt, municipalities } = declared
    if (opensAt && closesAt && closesAt < opensAt) throw invalidField('/closesAt', 'before-opening')
    if (!(await areMunicipalities(tx, municipalities))) throw invalidField('/municipalities', 'unknown')
    const before = await lockCapacity(tx, actor, id)
    if ((before?.version ?? 0) !== declared.version) throw problem('version-stale')
    const after = await write(tx, context, id, before, declared)
    if (!after) throw problem('version-stale')
    await recordAudit(tx, declaring(actor, id), {
      action: `practitioner.declare-capacity ${id}`,
      at: context.now,
      from: placesOf(before),
      to: placesOf(after),
    })
    await noteDeclaration(tx, context, id, { what: 'places', places: after.places }, declared.onBehalf)
    return describeCapacity(tx, id, after)
  })
}

const write = (
  tx: Db,
  { actor, now }: Context,
  practitionerId: PractitionerId,
  before: CapacityRow | undefined,
  declared: SetIntakeCapacity,
): Promise<CapacityRow | undefined> =>
  before
    ? renewCapacity(tx, before, declared, now)
    : insertCapacity(tx, { cptsId: actor.cptsId, practitionerId }, declared, now)

const placesOf = (row: CapacityRow | undefined): string => (row?.places ?? 'unknown').toString()
