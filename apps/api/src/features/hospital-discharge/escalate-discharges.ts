import type { Context } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { isUncovered } from './discharge-need.machine.ts'
import { alertFrom, hospitalDischargeDelays, isTimeToEscalate } from './hospital-discharge.deadlines.ts'
import {
  dischargesDueBefore,
  type HospitalDischargeRow,
  needsOf,
  refreshPriority,
  unconfirmedDischarges,
  wasToldSince,
} from './hospital-discharge.store.ts'
import { headerOf } from './settle-discharge.ts'

const HOUR = 3_600_000

type Told = 'coverage-alert' | 'escalate' | 'reconfirmation-unanswered'
type Tended = Record<Told, CaseRow['id'][]>

/**
 * What the passage of time does to the discharges of a CPTS, for the job that runs each minute. Priorities follow the
 * hours left; 48 hours before, the coordination is alerted of an uncovered need, and 12 hours before, the discharge is
 * escalated; so is told who did not say again whether they come. Each is told once.
 */
export async function escalateDischarges(tx: Db, context: Context): Promise<Tended> {
  const tended: Tended = { 'coverage-alert': [], escalate: [], 'reconfirmation-unanswered': [] }
  const horizon = new Date(context.now.getTime() + hospitalDischargeDelays.watchHours * HOUR)
  for (const { row, discharge } of await dischargesDueBefore(tx, context.actor.cptsId, horizon)) {
    const action = await overtake(tx, context, row, discharge)
    if (action) tended[action].push(row.id)
  }
  for (const { row, since } of await unconfirmedDischarges(tx, context.actor.cptsId, context.now)) {
    if (await wasToldSince(tx, row, 'reconfirmation-unanswered', since)) continue
    await tell(tx, context, row, 'reconfirmation-unanswered')
    tended['reconfirmation-unanswered'].push(row.id)
  }
  return tended
}

async function overtake(
  tx: Db,
  context: Context,
  row: CaseRow,
  { expectedDischargeAt }: HospitalDischargeRow,
): Promise<Told | undefined> {
  const header = await headerOf(tx, context, row)
  const action = (await needsOf(tx, row)).some(isUncovered)
    ? await dueAction(tx, context, row, expectedDischargeAt)
    : undefined
  if (!action) {
    if (header.score !== row.score || header.bandRank !== row.bandRank) await refreshPriority(tx, row, header)
    return undefined
  }
  const escalation = action === 'escalate' ? { escalatedAt: context.now, escalationReason: 'need-uncovered' } : {}
  await touchCase(tx, context, row, { ...header, ...escalation }, `hospital-discharge.${action}`)
  await tell(tx, context, row, action)
  return action
}

async function tell(tx: Db, context: Context, row: CaseRow, action: Told): Promise<void> {
  await recordEvent(tx, context, row, { type: 'need', action })
  await enqueue(tx, {
    cptsId: row.cptsId,
    topic: 'case-event',
    payload: { caseId: row.id, kind: row.kind, action },
    now: context.now,
  })
}

async function dueAction(tx: Db, { now }: Context, row: CaseRow, expectedDischargeAt: Date): Promise<Told | undefined> {
  if (isTimeToEscalate(now, expectedDischargeAt)) return row.escalatedAt ? undefined : 'escalate'
  const from = alertFrom(expectedDischargeAt)
  // Opened within the last 48 hours, a discharge is news by itself.
  if (now < from || row.openedAt >= from) return undefined
  return (await wasToldSince(tx, row, 'coverage-alert', from)) ? undefined : 'coverage-alert'
}
