import type { ReschedulePreview } from '@maillage/contracts/discharges/discharge-board'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { askerOn, getCase } from '../../../kernel/case.store.ts'
import type { Context, Deps } from '../../../kernel/context.ts'
import { judgeMove } from '../../../kernel/machine.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { isUncovered } from '../discharge-need.machine.ts'
import { isTimeToEscalate } from '../hospital-discharge.deadlines.ts'
import { hospitalDischargeActs } from '../hospital-discharge.machine.ts'
import { directoryEntries, getDischargeRow, type NeedRow, needsOf } from '../hospital-discharge.store.ts'
import { demandPossibleDate } from './possible-date.ts'
import { acceptedProposals, withAccount } from './reschedule.store.ts'
import { consequencesOfReschedule, type NeedConsequence } from './reschedule-consequences.ts'

type Line = ReschedulePreview['needs'][number]

const coveredIn = (needs: readonly { status: NeedRow['status'] }[]): number =>
  needs.filter(({ status }) => status === 'covered').length

/** Tells each need with who had said that they come, and whether Maillage can reach them. */
async function lineWriter(
  tx: Db,
  row: CaseRow,
  needs: readonly NeedRow[],
  to: Date,
): Promise<(after: NeedConsequence) => Line[]> {
  const carers = needs.flatMap(({ coveredById }) => coveredById ?? [])
  const known = new Map((await directoryEntries(tx, row.cptsId, carers)).map((entry) => [entry.id, entry]))
  const reachable = await withAccount(tx, row.cptsId, carers)
  return (after) => {
    const need = needs.find(({ id }) => id === after.needId)
    if (!need) return []
    const entry = need.coveredById ? known.get(need.coveredById) : undefined
    const name = entry?.displayName ?? need.coveredByName
    const told = name ? 'told' : 'none'
    const line: Line = {
      needId: need.id,
      type: need.type,
      status: need.status,
      becomes: after.status,
      startAt: after.startAt.toISOString(),
      carer: name ? { name, phone: entry ? entry.practicePhone : need.coveredByPhone } : null,
      answer: after.reconfirmationPending ? 'reconfirm' : told,
      byPhone: name !== null && !(need.coveredById && reachable.has(need.coveredById)),
      firstVisitAt: need.firstVisitAt?.toISOString() ?? null,
      visitTooEarly: need.firstVisitAt !== null && need.firstVisitAt < to,
    }
    return [line]
  }
}

async function preview(tx: Db, context: Context, row: CaseRow, to: Date): Promise<ReschedulePreview> {
  demandPossibleDate(context, to)
  const { expectedDischargeAt: from } = await getDischargeRow(tx, row)
  const accepted = (await acceptedProposals(tx, row)).map(({ needId }) => needId)
  const needs = await needsOf(tx, row)
  const told = consequencesOfReschedule({ now: context.now, from, to, needs, accepted })
  const linesOf = await lineWriter(tx, row, needs, to)
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    version: row.version,
    asksAgain: told.reconfirmBy !== null,
    reconfirmBy: told.reconfirmBy?.toISOString() ?? null,
    needs: told.needs.flatMap(linesOf),
    coveredBefore: coveredIn(needs),
    coveredAfter: coveredIn(told.needs),
    wanted: told.needs.length,
    escalates: told.needs.some(isUncovered) && isTimeToEscalate(context.now, to),
  }
}

/**
 * What moving the date would do: who has to say again whether they come, what is no longer covered, whom to call. The
 * function that computes it is the one that the act applies; nothing is written but the trace of the reading.
 */
export function previewReschedule(
  deps: Deps,
  actor: Actor,
  asked: { id: CaseId; expectedDischargeAt: string },
): Promise<ReschedulePreview> {
  return act(deps, actor, async (tx, context) => {
    const row = await getCase(tx, actor, { id: asked.id, kind: 'hospital-discharge' })
    judgeMove<string>(hospitalDischargeActs, row.status, 'reschedule', await askerOn(tx, actor, row.id))
    const told = await preview(tx, context, row, new Date(asked.expectedDischargeAt))
    // It names the care that somebody needs and who gives it.
    await recordAudit(tx, actor, {
      action: 'hospital-discharge.reschedule-preview',
      at: context.now,
      caseId: row.id,
      patientId: row.patientId,
    })
    return told
  })
}
