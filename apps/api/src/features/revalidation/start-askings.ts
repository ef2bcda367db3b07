import { type CaseId, type CptsId, newId, RevalidationId } from '@maillage/contracts/kit/ids'
import { addCalendarDays, nextOpening } from '../../kernel/calendar.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { beforeAll, type Walked, walk } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { clockSearches } from './clock-searches.ts'
import { delaysOf } from './delays.store.ts'
import { insertAskings } from './insert-askings.ts'
import { answerBy, askedBefore, mostAsked, type RevalidationDelays } from './schedule.ts'

/** Few enough that neither the database nor this process is held for long. */
const batch = 500

interface Cursor {
  readonly band: number
  readonly at: string
  readonly id: string
}

interface Row {
  id: CaseId
  band: number
  at: string
  due: boolean
  /** When they last said that they search, where it is what their clock runs from. */
  lastSaid: string | null
  dueAt: string | null
}

// Walks the index of the searches that may be proposed, whatever their number, and looks each up.
const text = `select c.id, c.band_rank as band, c.registered_at as at,
  (c.status = 'eligible' and c.live_proposals = 0 and greatest(c.clock_started_at, s.confirmed_at) <= $2::timestamptz
    and p.deceased_on is null and not exists (
      select from revalidations r where r.cpts_id = $1 and r.case_id = c.id and r.ended_at is null)) as due,
  case when c.due_code = 'revalidation' then greatest(c.clock_started_at, s.confirmed_at) end as "lastSaid",
  c.due_at as "dueAt"
from cases c
join gp_searches s on s.cpts_id = $1 and s.case_id = c.id
join patients p on p.cpts_id = $1 and p.id = c.patient_id
where c.cpts_id = $1 and c.is_open and c.kind = 'gp-search' and c.status in ('eligible', 'proposing')
  and (c.band_rank, c.registered_at, c.id) > ($3, $4::timestamptz, $5::uuid)
order by c.band_rank, c.registered_at, c.id limit ${batch}`

const listBehind = (tx: Db, cptsId: CptsId, before: Date, { band, at, id }: Cursor): Promise<Row[]> =>
  queryRows(tx, { name: 'searches_to_ask', text, values: [cptsId, before.toISOString(), band, at, id] })

/**
 * Begins to ask those who wait and said nothing for as long as the CPTS allows, the most in need first. Once a day; what
 * is over the day's most is asked the next day, and whoever is being asked already is left alone. The others' clocks
 * follow a delay that was changed.
 */
export function startAskings(deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<Walked> {
  let left: number = mostAsked.aDay
  return walk<Cursor>(deps, {
    name: 'start-revalidations',
    cptsId,
    pace,
    from: { band: 0, at: '-infinity', id: beforeAll },
    batch: async (tx, context, after) => {
      const { now, calendar } = context
      const delays = await delaysOf(tx, cptsId)
      const rows = await listBehind(tx, cptsId, askedBefore(calendar, now, delays), after)
      const due = rows.filter(({ due }) => due).slice(0, left)
      await followDelay(tx, context, rows, delays)
      const changed = await insertAskings(
        tx,
        due.map(({ id }) => ({ id: newId(RevalidationId), caseId: id })),
        {
          ...{ cptsId, campaignId: null, startedAt: now },
          ...{ nextAt: nextOpening(calendar, now), answerBy: answerBy(calendar, now, delays) },
        },
      )
      left -= changed
      return { seen: rows.length, changed, next: rows.length === batch && left > 0 ? rows.at(-1) : undefined }
    },
  })
}

/** The delay was changed since these clocks were set. */
async function followDelay(
  tx: Db,
  { actor, calendar }: Context,
  rows: readonly Row[],
  { everyDays }: RevalidationDelays,
): Promise<void> {
  const moved = rows.flatMap(({ id, lastSaid, dueAt }) => {
    if (!lastSaid || !dueAt) return []
    const at = addCalendarDays(calendar, new Date(instantOf(lastSaid)), everyDays)
    return at.toISOString() === instantOf(dueAt) ? [] : [{ id, at, code: 'revalidation' as const }]
  })
  await clockSearches(tx, actor.cptsId, moved)
}
