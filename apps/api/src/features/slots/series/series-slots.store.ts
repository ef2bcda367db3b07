import type { SlotId } from '@maillage/contracts/kit/ids'
import type { CareMode } from '@maillage/contracts/unscheduled-care'
import type { SlotSeriesRow } from '../../../kernel/slots/slot.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

/** A slot to come of a series, under lock. */
export interface SeriesSlot {
  readonly id: SlotId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly mode: CareMode
  readonly isClosed: boolean
  readonly booked: number
  readonly held: number
}

type Series = Pick<SlotSeriesRow, 'cptsId' | 'id' | 'practitionerId'>
type Row = Omit<SeriesSlot, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string }

// In one order for all, as whoever closes slots locks them.
const lockText = `select id from slots
where cpts_id = $1 and practitioner_id = $2 and series_id = $3 and starts_at > $4 order by id for update`

// Read under the lock, in a statement of its own: what another booked while we waited is seen.
const factsText = `select s.id, s.starts_at as "startsAt", s.ends_at as "endsAt", s.mode,
  s.closed_at is not null as "isClosed",
  places.booked, places.held
from slots s
cross join lateral (
  select count(*) filter (where b.state <> 'held')::int as booked, count(*) filter (where b.state = 'held')::int as held
  from slot_bookings b where b.cpts_id = $1 and b.slot_id = s.id
    and (b.state in ('booked', 'attended', 'no_show') or b.state = 'held' and b.held_until > $4)
) places
where s.cpts_id = $1 and s.practitioner_id = $2 and s.series_id = $3 and s.starts_at > $4 order by s.starts_at, s.id`

/** The slots to come of a series, locked, in order, those that were closed included. */
export async function lockSlotsToCome(tx: Db, series: Series, now: Date): Promise<SeriesSlot[]> {
  const values = [series.cptsId, series.practitionerId, series.id, now]
  await queryRows(tx, { name: 'lock_series_slots', text: lockText, values })
  const rows = await queryRows<Row>(tx, { name: 'series_slot_facts', text: factsText, values })
  return rows.map(({ startsAt, endsAt, ...slot }) => ({
    ...slot,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }))
}

const closeText = `update slots set closed_at = $3, version = version + 1,
  series_id = case when $4::boolean then null else series_id end
where cpts_id = $1 and id = any($2::uuid[])`

/** Closes slots in which nobody stands; `forgotten`: they are no longer the series', which may open their hours again. */
export async function closeUnused(
  tx: Db,
  { cptsId }: Series,
  ids: readonly SlotId[],
  { now, forgotten }: { now: Date; forgotten: boolean },
): Promise<void> {
  if (ids.length === 0) return
  await queryRows(tx, { name: 'close_unused_slots', text: closeText, values: [cptsId, [...ids], now, forgotten] })
}

const keepText = `update slots set closes_when_freed = true, version = version + 1
where cpts_id = $1 and id = any($2::uuid[]) and not closes_when_freed`

/** Keeps slots for those who stand in them, and for nobody after. */
export async function keepForThem(tx: Db, { cptsId }: Series, ids: readonly SlotId[]): Promise<void> {
  if (ids.length === 0) return
  await queryRows(tx, { name: 'keep_taken_slots', text: keepText, values: [cptsId, [...ids]] })
}

const restateText = `update slots set visibility = $3::text[], capacity = $4, closes_when_freed = false, version = version + 1
where cpts_id = $1 and id = any($2::uuid[])`

/** Slots in which somebody stands at an hour that the rule still gives: shown to whom it now says. */
export async function restate(
  tx: Db,
  { cptsId, visibility, capacity }: SlotSeriesRow,
  ids: readonly SlotId[],
): Promise<void> {
  if (ids.length === 0) return
  await queryRows(tx, { name: 'restate_slots', text: restateText, values: [cptsId, [...ids], visibility, capacity] })
}
