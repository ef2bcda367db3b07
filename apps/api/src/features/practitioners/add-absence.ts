import { dayIn } from '@maillage/contracts/kit/dates'
import { newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import type { Absence, NewAbsence } from '@maillage/contracts/practitioners'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { insertAbsence } from './intake.store.ts'
import { demandOwnEntry } from './own-entry.ts'

/** Declares an absence, both days included: nothing is proposed meanwhile. */
export function addAbsence(
  deps: Deps,
  actor: Actor,
  practitionerId: PractitionerId,
  { from, until }: NewAbsence,
): Promise<Absence> {
  return act(deps, actor, async (tx, { now, calendar }) => {
    await demandOwnEntry(tx, actor, practitionerId)
    if (until < from) throw invalidField('/until', 'before-start')
    if (until < dayIn(calendar.timeZone, now)) throw invalidField('/until', 'past')
    const id = newRowId()
    await insertAbsence(tx, { cptsId: actor.cptsId, id, practitionerId, fromDay: from, untilDay: until })
    await recordAudit(tx, actor, { action: `practitioner.add-absence ${practitionerId}`, at: now })
    return { id, from, until }
  })
}
