import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Context, Deps } from '../../../kernel/context.ts'
import { enqueueEvents, recordAudits, recordEvents } from '../../../kernel/record/record-many.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import { patchCases } from '../../../kernel/tending/patch-cases.ts'
import { type Batch, beforeAll, type Walk, walk } from '../../../kernel/tending/walk.ts'
import type { Db } from '../../../platform/db/database.ts'
import { type Pace, withoutRest } from '../../../platform/jobs/pace.ts'
import { isUncovered } from '../discharge-need.machine.ts'
import { alertFrom, hospitalDischargeDelays, isTimeToEscalate } from '../hospital-discharge.deadlines.ts'
import { headerFrom } from '../settle-discharge.ts'
import {
  type DischargeCursor,
  escalateBatch,
  forgottenDischarges,
  nearDischarges,
  unconfirmedDischarges,
  type WatchedDischarge,
} from './escalate.store.ts'

const HOUR = 3_600_000
/** From then on, time changes neither the band nor the score of a discharge whose hour is past. */
const pastHours = 24

type Told = 'coverage-alert' | 'escalate' | 'reconfirmation-unanswered'
/** What was told of which discharges. */
export type Tended = Record<Told, CaseId[]>

/**
 * What the passage of time does to the discharges of a CPTS, for the job that runs each minute. Priorities follow the
 * hours left; 48 hours before, the coordination is alerted of an uncovered need, and 12 hours before, the discharge is
 * escalated; so is told who did not say again whether they come. Each is told once. What somebody works on waits for
 * the next time.
 */
export async function escalateDischarges(deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<Tended> {
  const tended: Tended = { 'coverage-alert': [], escalate: [], 'reconfirmation-unanswered': [] }
  const given = { cptsId, pace }
  await walk(deps, { ...given, ...nearOnes(deps.now(), tended) })
  await walk(deps, { ...given, ...forgottenOnes(tended) })
  await walk(deps, { ...given, ...unconfirmedOnes(tended) })
  return tended
}

type Part<Cursor> = Pick<Walk<Cursor>, 'name' | 'from' | 'batch'>

const longPast = (now: Date): Date => new Date(now.getTime() - pastHours * HOUR)

const nearOnes = (now: Date, tended: Tended): Part<DischargeCursor> => ({
  name: 'near-discharges',
  from: { at: longPast(now).toISOString(), id: beforeAll },
  batch: async (tx, context, after): Promise<Batch<DischargeCursor>> => {
    const horizon = new Date(context.now.getTime() + hospitalDischargeDelays.watchHours * HOUR)
    const rows = await nearDischarges(tx, context.actor.cptsId, after, horizon)
    const last = rows.length === escalateBatch ? rows.at(-1) : undefined
    const changed = await tend(tx, context, rows, tended)
    return { seen: rows.length, changed, next: last && { at: last.at, id: last.row.id } }
  },
})

const forgottenOnes = (tended: Tended): Part<string> => ({
  name: 'forgotten-discharges',
  from: beforeAll,
  batch: async (tx, context, after): Promise<Batch<string>> => {
    const rows = await forgottenDischarges(tx, context.actor.cptsId, after, longPast(context.now))
    const changed = await tend(tx, context, rows, tended)
    return { seen: rows.length, changed, next: rows.length === escalateBatch ? rows.at(-1)?.row.id : undefined }
  },
})

const unconfirmedOnes = (tended: Tended): Part<true> => ({
  name: 'unconfirmed-discharges',
  from: true,
  batch: async (tx, context): Promise<Batch<true>> => {
    const rows = await unconfirmedDischarges(tx, context.actor.cptsId, context.now)
    const told = rows.map((row) => ({ row, type: 'need' as const, action: 'reconfirmation-unanswered' }))
    await recordEvents(tx, context, told)
    await enqueueEvents(tx, context, told)
    tended['reconfirmation-unanswered'].push(...rows.map(({ id }) => id))
    // Those told are found no more: the same question finds the next ones.
    return { seen: rows.length, changed: rows.length, next: rows.length === escalateBatch ? true : undefined }
  },
})

/** One batch: a statement for the orders that time changed, one for what is told, and one each for its records. */
async function tend(tx: Db, context: Context, rows: readonly WatchedDischarge[], tended: Tended): Promise<number> {
  const where = { cptsId: context.actor.cptsId, now: context.now }
  const changes = rows.map((one) => changeOf(context, one))
  const byTime = ['priority', 'score', 'band_rank'] as const
  const refreshed = await patchCases(
    tx,
    where,
    { name: 'discharge_order', columns: byTime, isAct: false },
    changes.filter(({ action, isOther }) => !action && isOther).map(({ order }) => order),
  )
  const overtaken = changes.filter(({ action }) => action)
  const columns = [...byTime, 'coverage', 'live_proposals', 'escalated_at', 'escalation_reason'] as const
  const written = await patchCases(
    tx,
    where,
    { name: 'discharge_told', columns, isAct: true },
    overtaken.map(({ order, rest }) => ({ ...order, ...rest })),
  )
  const told = overtaken.flatMap(({ row, action }) =>
    action && written.has(row.id) ? [{ row, type: 'need' as const, action }] : [],
  )
  await recordAudits(
    tx,
    context,
    told.map(({ row, action }) => ({ row, action: `hospital-discharge.${action}` })),
  )
  await recordEvents(tx, context, told)
  await enqueueEvents(tx, context, told)
  for (const { row, action } of told) tended[action].push(row.id)
  return refreshed.size + written.size
}

/** What time changes on a discharge: its order, and what is told of it. */
function changeOf(context: Context, { row, discharge, needs, pending, wasAlerted }: WatchedDischarge) {
  const header = headerFrom(context, { discharge, needs, pending }, row.priority.override)
  const { id, version } = row
  const { expectedDischargeAt } = discharge
  const action = needs.some(isUncovered) ? dueAction(context, row, { expectedDischargeAt, wasAlerted }) : undefined
  const escalated = action === 'escalate' ? { at: context.now, reason: 'need-uncovered' } : undefined
  // A header without the field keeps the escalation that stands.
  const standing = 'escalatedAt' in header ? null : { at: row.escalatedAt, reason: row.escalationReason }
  const said = escalated ?? standing
  return {
    row,
    action,
    isOther: header.score !== row.score || header.bandRank !== row.bandRank,
    order: { id, version, priority: header.priority, score: header.score, band_rank: header.bandRank },
    rest: {
      coverage: header.coverage,
      live_proposals: pending,
      escalated_at: said?.at ?? null,
      escalation_reason: said?.reason ?? null,
    },
  }
}

function dueAction(
  { now }: Context,
  row: CaseRow,
  { expectedDischargeAt, wasAlerted }: { expectedDischargeAt: Date; wasAlerted: boolean },
): 'coverage-alert' | 'escalate' | undefined {
  if (isTimeToEscalate(now, expectedDischargeAt)) return row.escalatedAt ? undefined : 'escalate'
  const from = alertFrom(expectedDischargeAt)
  // Opened within the last 48 hours, a discharge is news by itself.
  if (now < from || row.openedAt >= from) return undefined
  return wasAlerted ? undefined : 'coverage-alert'
}
