import type { DayDate } from '@maillage/contracts/kit/dates'
import { type CptsId, newId, type PractitionerId, SlotId, type SlotSeriesId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { type SlotRow, type SlotSeriesRow, slotSeries } from '../../kernel/slots/slot.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { SlotTime } from './recurrence.ts'

/** Is there such an entry in this CPTS, and does the directory still list it? */
export async function isPractitioner(db: Db, cptsId: CptsId, id: PractitionerId): Promise<boolean> {
  const [row] = await db
    .select({ id: practitioners.id })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id), isNull(practitioners.goneAt)))
  return row !== undefined
}

/** Whose slots, and what they have in common. */
export type SlotTraits = Pick<SlotRow, 'cptsId' | 'practitionerId' | 'seriesId' | 'mode' | 'visibility' | 'capacity'>

/** Somebody stands in slot `s` at this moment, or is about to. */
const usedAt = (now: '$2' | '$7'): string => `exists (
  select from slot_bookings b where b.cpts_id = s.cpts_id and b.slot_id = s.id
    and (b.state in ('booked', 'attended', 'no_show') or b.state = 'held' and b.held_until > ${now}))`

// Publishing twice at once must not give two slots that overlap: one practitioner's publications follow each other.
const orderText = 'select pg_advisory_xact_lock(hashtextextended($1, 0))'

// An hour at which a slot was closed is opened anew by a slot of its own, and by a series when nothing keeps it closed: it
// belongs to none, or to one that ended. What a running series has closed stays closed.
const insertText = `insert into slots as known (cpts_id, id, practitioner_id, series_id, mode, visibility, capacity, starts_at,
  ends_at, created_at)
select $1, g.id, $2, $3, $4, $5::text[], $6, g.starts_at, g.ends_at, $7
from jsonb_to_recordset($8::jsonb) as g(id uuid, starts_at timestamptz, ends_at timestamptz)
where not exists (
  select from slots s where s.cpts_id = $1 and s.practitioner_id = $2 and s.closed_at is null
    and s.starts_at < g.ends_at and s.ends_at > g.starts_at and (not s.closes_when_freed or ${usedAt('$7')}))
on conflict (cpts_id, practitioner_id, starts_at) do update set mode = excluded.mode, visibility = excluded.visibility,
  capacity = excluded.capacity, ends_at = excluded.ends_at, series_id = excluded.series_id, closed_at = null,
  closes_when_freed = false, version = known.version + 1
where (known.closed_at is not null or known.closes_when_freed) and (excluded.series_id is null or $9 and not exists (
  select from slot_series r where r.cpts_id = $1 and r.id = known.series_id and r.ended_at is null))
returning id`

/** One practitioner's publications follow each other until this transaction ends. */
export async function orderPublications(tx: Db, of: Pick<SlotRow, 'cptsId' | 'practitionerId'>): Promise<void> {
  const values = [`slots:${of.cptsId}:${of.practitionerId}`]
  await queryRows(tx, { name: 'order_slots', text: orderText, values })
}

/**
 * Writes slots at these hours, but where the practitioner has one already; the ids of those that came to be. With
 * `reopens`, somebody asks for these very hours now, and what was closed of old does not stand in their way; the nightly
 * job asks for nothing.
 */
export async function insertSlots(
  tx: Db,
  traits: SlotTraits,
  times: readonly SlotTime[],
  { now, reopens }: { now: Date; reopens: boolean },
): Promise<SlotId[]> {
  if (times.length === 0) return []
  const { cptsId, practitionerId, seriesId, mode, visibility, capacity } = traits
  await orderPublications(tx, traits)
  const given = times.map(({ startsAt, endsAt }) => ({ id: newId(SlotId), starts_at: startsAt, ends_at: endsAt }))
  const values = [cptsId, practitionerId, seriesId, mode, visibility, capacity, now, JSON.stringify(given), reopens]
  const rows = await queryRows<{ id: SlotId }>(tx, { name: 'insert_slots', text: insertText, values })
  return rows.map(({ id }) => id)
}

export async function insertSeries(tx: Db, row: SlotSeriesRow): Promise<void> {
  await tx.insert(slotSeries).values(row)
}

const ofSeries = (key: Pick<SlotSeriesRow, 'cptsId' | 'id'>) =>
  and(eq(slotSeries.cptsId, key.cptsId), eq(slotSeries.id, key.id))

/** A series that still runs, locked. */
export async function lockSeries(
  tx: Db,
  key: { cptsId: CptsId; id: SlotSeriesId; practitionerId: PractitionerId },
): Promise<SlotSeriesRow | undefined> {
  const [row] = await tx
    .select()
    .from(slotSeries)
    .where(and(ofSeries(key), eq(slotSeries.practitionerId, key.practitionerId), isNull(slotSeries.endedAt)))
    .for('update')
  return row
}

export async function updateSeries(
  tx: Db,
  before: Pick<SlotSeriesRow, 'cptsId' | 'id'>,
  patch: Partial<Omit<SlotSeriesRow, 'cptsId' | 'id' | 'practitionerId' | 'fromDay' | 'createdAt'>>,
): Promise<void> {
  await tx.update(slotSeries).set(patch).where(ofSeries(before))
}

/** The series of a practitioner that still run, the first to begin first. */
export const listSeries = (db: Db, cptsId: CptsId, practitionerId: PractitionerId): Promise<SlotSeriesRow[]> =>
  db
    .select()
    .from(slotSeries)
    .where(
      and(eq(slotSeries.cptsId, cptsId), eq(slotSeries.practitionerId, practitionerId), isNull(slotSeries.endedAt)),
    )
    .orderBy(asc(slotSeries.startMinute), asc(slotSeries.id))
    .limit(100)

/** How many series a batch carries further. */
export const seriesBatch = 50

/** Some series whose slots are not written as far as `until`, locked, those that others hold left out. */
export const listShortSeries = (tx: Db, cptsId: CptsId, until: DayDate): Promise<SlotSeriesRow[]> =>
  tx
    .select()
    .from(slotSeries)
    .where(
      and(
        eq(slotSeries.cptsId, cptsId),
        isNull(slotSeries.endedAt),
        lt(slotSeries.madeUntil, until),
        or(isNull(slotSeries.untilDay), sql`${slotSeries.untilDay} > ${slotSeries.madeUntil}`),
      ),
    )
    .orderBy(asc(slotSeries.madeUntil), asc(slotSeries.id))
    .limit(seriesBatch)
    .for('update', { skipLocked: true })

const closedDaysText = `update slots s set closed_at = $2, version = s.version + 1
from slot_series r where r.cpts_id = $1 and s.cpts_id = $1 and r.id = s.series_id and not r.on_closed_days
  and s.closed_at is null and s.starts_at > $2 and (s.starts_at at time zone $3)::date = any($4::date[]) and not ${usedAt('$2')}
returning s.id`

/** Closes what series still offer on days that the CPTS closed since; how many were closed. */
export async function closeSlotsOnClosedDays(
  tx: Db,
  cptsId: CptsId,
  at: { now: Date; timeZone: string; closed: ReadonlySet<string> },
): Promise<number> {
  const today = at.now.toISOString().slice(0, 10)
  const days = [...at.closed].filter((day) => day >= today)
  if (days.length === 0) return 0
  const values = [cptsId, at.now, at.timeZone, days]
  return (await queryRows(tx, { name: 'close_slots_on_closed_days', text: closedDaysText, values })).length
}

/** Where series run, for the nightly job under the owner. */
export async function listCptsWithSeries(tx: Db): Promise<CptsId[]> {
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c where exists (
      select from slot_series s where s.cpts_id = c.id and s.ended_at is null) order by c.id`)
  return rows.map(({ id }) => id)
}
