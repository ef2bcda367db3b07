import type { Priority } from '@maillage/contracts/cases'
import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { rankOf } from '../../kernel/priority.ts'
import { recordAudits, recordEvents } from '../../kernel/record/record-many.ts'
import { type CasePatches, patchCases } from '../../kernel/tending/patch-cases.ts'
import { type Batch, beforeAll, type Walked, walk } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { gpSearchDeadline } from './gp-search.deadlines.ts'
import {
  type Clocked,
  clockedOf,
  recomputeBatch,
  type Scorable,
  scorablesBehind,
  scorablesOf,
} from './recompute.store.ts'
import { priorityOf } from './score-search.ts'

/** What a recomputation looked at and changed, and how many searches somebody else held until its end. */
export interface Recomputed extends Walked {
  readonly left: number
}

type Found = { row: Scorable; priority: Priority }

/** How often the searches that somebody held are tried again: each time, all acts of that moment are long over. */
const rounds = 3

/**
 * The nightly recomputation: seniority grows, discharges age, notices come near. Batches of few searches, five
 * statements at most each, written only where something changed. A change of band is told in the case's story; a change
 * of points alone is only stored. Who acts on a search at that moment comes first: it is looked at again at the end.
 */
export async function recomputePriorities(
  deps: Deps,
  cptsId: CptsId,
  { pace = withoutRest, onBatch }: { pace?: Pace; onBatch?: (walked: Walked) => void } = {},
): Promise<Recomputed> {
  let held: CaseId[] = []
  const given = { name: 'recompute-priorities', cptsId, pace, from: beforeAll, ...(onBatch ? { onBatch } : {}) }
  const walked = await walk(deps, {
    ...given,
    batch: async (tx, context, after): Promise<Batch<string>> => {
      const rows = await scorablesBehind(tx, cptsId, after)
      const { changed, missed } = await rescoreAll(tx, context, rows)
      held.push(...missed)
      return { seen: rows.length, changed, next: rows.length === recomputeBatch ? rows.at(-1)?.id : undefined }
    },
  })
  let { changed } = walked
  for (let round = 0; round < rounds && held.length > 0 && !pace.isStopped(); round += 1) {
    const again = await tryAgain(deps, cptsId, held)
    changed += again.changed
    held = again.missed
  }
  return { seen: walked.seen, changed, left: held.length }
}

async function tryAgain(deps: Deps, cptsId: CptsId, ids: readonly CaseId[]) {
  const all: { changed: number; missed: CaseId[] } = { changed: 0, missed: [] }
  for (let at = 0; at < ids.length; at += recomputeBatch) {
    const { changed, missed } = await act(deps, systemActor(cptsId), async (tx, context) =>
      rescoreAll(tx, context, await scorablesOf(tx, cptsId, ids.slice(at, at + recomputeBatch))),
    )
    all.changed += changed
    all.missed.push(...missed)
  }
  return all
}

async function rescoreAll(tx: Db, context: Context, rows: readonly Scorable[]) {
  const found = rows.map((row): Found => ({ row, priority: priorityOf(context, scored(row), row.people) }))
  const changing = found.filter(({ row, priority }) => priority.score !== row.score || isOtherBand({ row, priority }))
  const points = await writePoints(
    tx,
    context,
    changing.filter((one) => !isOtherBand(one)),
  )
  const bands = await writeBands(tx, context, changing.filter(isOtherBand))
  const written = new Set([...points, ...bands])
  const missed = changing.map(({ row }) => row.id).filter((id) => !written.has(id))
  return { changed: written.size, missed }
}

const isOtherBand = ({ row, priority }: Found): boolean => priority.band !== row.priority.band

const scored = (row: Scorable) => ({ ...row, override: row.priority.override })

const patchOf = ({ row: { id, version }, priority }: Found): CasePatches => ({
  id,
  version,
  priority,
  score: priority.score,
  band_rank: rankOf(priority.band),
})

const byTime = ['priority', 'score', 'band_rank'] as const

const writePoints = (tx: Db, context: Context, found: readonly Found[]): Promise<Set<CaseId>> =>
  patchCases(
    tx,
    { cptsId: context.actor.cptsId, now: context.now },
    { name: 'search_points', columns: byTime, isAct: false },
    found.map(patchOf),
  )

/** Another band has other delays: the clocks follow, and the story tells it. */
async function writeBands(tx: Db, context: Context, found: readonly Found[]): Promise<Set<CaseId>> {
  const { now, actor, calendar } = context
  const { cptsId } = actor
  const clocked = await clockedOf(
    tx,
    cptsId,
    found.map(({ row }) => row.id),
  )
  const patches = found.flatMap((one) => {
    const facts = clocked.get(one.row.id)
    return facts ? [{ ...patchOf(one), ...clocksFrom(one, facts, calendar) }] : []
  })
  const shape = { name: 'search_band', columns: [...byTime, 'due_at', 'due_code', 'queue_at'], isAct: true } as const
  const written = await patchCases(tx, { cptsId, now }, shape, patches)
  const told = found
    .filter(({ row }) => written.has(row.id))
    .map(({ row, priority }) => ({
      row: { ...row, cptsId, kind: 'gp-search' as const },
      type: 'priority' as const,
      action: 'recompute',
      data: { from: row.priority.band, to: priority.band },
    }))
  await recordEvents(tx, context, told)
  await recordAudits(
    tx,
    context,
    told.map(({ row }) => ({ row, action: 'gp-search.recompute' })),
  )
  return written
}

function clocksFrom({ row, priority }: Found, facts: Clocked, calendar: Context['calendar']) {
  const deadline = gpSearchDeadline({ ...facts, status: row.status, band: priority.band }, calendar)
  const { callbackAt } = facts
  const first = callbackAt && (!deadline || callbackAt < deadline.at) ? { code: 'callback', at: callbackAt } : deadline
  return { due_at: first?.at ?? null, due_code: first?.code ?? null, queue_at: first?.at ?? 'infinity' }
}
