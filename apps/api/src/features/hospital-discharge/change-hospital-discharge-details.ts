import type { HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { checkDetails, lockDischarge } from './discharge-checks.ts'
import { getDischargeRow, type HospitalDischargeRow, updateDischarge } from './hospital-discharge.store.ts'
import { seekGp } from './open-hospital-discharge.ts'
import { settleDischarge } from './settle-discharge.ts'

/** Replaces the details of a discharge before the patient goes home. The date moves by rescheduling, the ward never. */
export function changeHospitalDischargeDetails(
  deps: Deps,
  actor: Actor,
  input: { id: CaseId; version: number; details: HospitalDischargeDetails },
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockDischarge(tx, context, input, 'change-details')
    const { details } = input
    const known = await getDischargeRow(tx, before)
    refuseOtherPaths(known, details)
    await checkDetails(tx, before.cptsId, details)
    await updateDischarge(tx, before, { details })
    // Told for the first time: a search that was closed since is not opened again by each correction.
    if (before.status !== 'draft' && known.details.hasGp) await seekGp(tx, context, before, details)
    await recordEvent(tx, context, before, { type: 'details', action: 'change-details' })
    return settleDischarge(tx, context, before, 'hospital-discharge.change-details')
  })
}

function refuseOtherPaths(known: HospitalDischargeRow, details: HospitalDischargeDetails): void {
  if (details.unitId !== known.unitId) throw invalidField('/details/unitId', 'fixed')
  // Those who accepted are asked again when the date moves: only `reschedule` does that.
  if (new Date(details.expectedDischargeAt).getTime() !== known.expectedDischargeAt.getTime())
    throw invalidField('/details/expectedDischargeAt', 'reschedule')
}
