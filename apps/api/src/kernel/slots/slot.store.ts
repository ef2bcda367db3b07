import type { CaseId, CptsId, PractitionerId, SlotId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Context } from '../context.ts'
import type { CaseRow } from '../tables/case.table.ts'

/** A slot under lock, with what says whether somebody may still take it. */
export interface TakenSlot {
  readonly id: SlotId
  readonly practitionerId: PractitionerId
  readonly startsAt: Date
}

interface LockedRow {
  practitionerId: PractitionerId
  startsAt: string
  capacity: number
  isClosed: boolean
  isKeptForOthers: boolean
  isGone: boolean
  isAway: boolean
  taken: number
}

// The lock comes before the count: counted in the same statement, the places that another took while we waited for
// the lock would not be seen.
const lockText = 'select id from slots where cpts_id = $1 and id = $2 for update'

const factsText = `select s.practitioner_id as "practitionerId", s.starts_at as "startsAt", s.capacity,
  s.closed_at is not null as "isClosed",
  s.closes_when_freed and not exists (select from slot_bookings b where b.cpts_id = $1 and b.slot_id = $2 and b.case_id = $3
    and (b.state = 'booked' or b.state = 'held' and b.held_until > $5)) as "isKeptForOthers", p.gone_at is not null as "isGone",
  exists (select from absences a where a.cpts_id = $1 and a.practitioner_id = s.practitioner_id
    and (s.starts_at at time zone $4)::date between a.from_day and a.until_day) as "isAway",
  (select count(*)::int from slot_bookings b where b.cpts_id = $1 and b.slot_id = $2
    and (b.state in ('attended', 'no_show') or b.case_id <> $3 and (b.state = 'booked' or b.state = 'held' and b.held_until > $5))) as taken
from slots s join practitioners p on p.cpts_id = $1 and p.id = s.practitioner_id
where s.cpts_id = $1 and s.id = $2`

/** Ends what the case holds; a booking that ended otherwise keeps its end. */
const releaseText = `update slot_bookings set state = 'released', ended_at = $3, held_until = null
  where cpts_id = $1 and case_id = $2 and state in ('held', 'booked')`

const insertText = `insert into slot_bookings (cpts_id, id, slot_id, practitioner_id, case_id, state, held_until, held_by,
  booked_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

/**
 * Takes a place for a case that is locked: for a time, or for good. The slot's own lock orders those who want it: one
 * has it, the other is told `slot-taken`. What the case held before is let go in the same breath.
 */
export async function takePlace(
  tx: Db,
  { actor, now, calendar }: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  slotId: SlotId,
  heldUntil: Date | null,
): Promise<TakenSlot> {
  const { cptsId } = row
  await queryRows(tx, { name: 'lock_slot', text: lockText, values: [cptsId, slotId] })
  const values = [cptsId, slotId, row.id, calendar.timeZone, now]
  const [slot] = await queryRows<LockedRow>(tx, { name: 'slot_facts', text: factsText, values })
  if (!slot) throw problem('slot-taken')
  const startsAt = new Date(slot.startsAt)
  const isOpen = !(slot.isClosed || slot.isKeptForOthers || slot.isGone || slot.isAway) && startsAt > now
  if (!isOpen || slot.taken >= slot.capacity) throw problem('slot-taken')
  await giveBack(tx, row, now)
  const { practitionerId } = slot
  const state = heldUntil ? 'held' : 'booked'
  const who = [cptsId, crypto.randomUUID(), slotId, practitionerId, row.id, state, heldUntil, actor.accountId]
  await queryRows(tx, { name: 'take_place', text: insertText, values: [...who, heldUntil ? null : now, now] })
  return { id: slotId, practitionerId, startsAt }
}

/** The case lets its place go, held or booked: the slot is free again at once. */
export async function giveBack(tx: Db, row: Pick<CaseRow, 'cptsId' | 'id'>, now: Date): Promise<void> {
  await queryRows(tx, { name: 'give_place_back', text: releaseText, values: [row.cptsId, row.id, now] })
}

const settleText = `update slot_bookings set state = $3, ended_at = $4
  where cpts_id = $1 and case_id = $2 and state = 'booked'`

/** The visit took place, or the patient did not come: the place stays taken. */
export async function settlePlace(
  tx: Db,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  state: 'attended' | 'no_show',
  now: Date,
): Promise<void> {
  await queryRows(tx, { name: 'settle_place', text: settleText, values: [row.cptsId, row.id, state, now] })
}

/** How a practitioner stands among the volunteers. */
export interface SlotLoad {
  /** Visits booked through slots in the last 30 days: the fewest come first. */
  readonly month: number
  /** Those of this week, from Monday: shown beside the national cap. */
  readonly week: number
}

// For each of them, along their own bookings and their own hours of the week: never through everybody's.
const loadText = `select p.id,
  (select count(*)::int from slot_bookings b where b.cpts_id = $1 and b.practitioner_id = p.id
    and b.state in ('booked', 'attended', 'no_show') and b.booked_at > $3::timestamptz - interval '30 days') as month,
  (select count(*)::int from slots s join slot_bookings b on b.cpts_id = $1 and b.slot_id = s.id
      and b.state in ('booked', 'attended', 'no_show')
    where s.cpts_id = $1 and s.practitioner_id = p.id and s.starts_at >= w.monday at time zone $4
      and s.starts_at < (w.monday + interval '7 days') at time zone $4) as week
from unnest($2::uuid[]) p(id), (select date_trunc('week', $3::timestamptz at time zone $4) as monday) w`

/** What each of these practitioners took lately. What they declined is not looked at: it counts against nobody. */
export async function loadsOf(
  db: Db,
  cptsId: CptsId,
  ids: readonly PractitionerId[],
  at: { now: Date; timeZone: string },
): Promise<(id: PractitionerId) => SlotLoad> {
  const none = { month: 0, week: 0 }
  if (ids.length === 0) return () => none
  const values = [cptsId, [...ids], at.now, at.timeZone]
  const rows = await queryRows<SlotLoad & { id: PractitionerId }>(db, { name: 'slot_loads', text: loadText, values })
  const byId = new Map(rows.map(({ id, month, week }) => [id, { month, week }]))
  return (id) => byId.get(id) ?? none
}

/** The place that a case holds while somebody phones; undefined once its time ran out. */
export interface HeldPlace {
  readonly slotId: SlotId
  readonly heldUntil: Date
  readonly heldByName: string | null
}

const heldText = `select b.slot_id as "slotId", b.held_until as "heldUntil", a.display_name as "heldByName"
from slot_bookings b left join accounts a on a.id = b.held_by
where b.cpts_id = $1 and b.case_id = $2 and b.state = 'held' and b.held_until > $3`

export async function findHeld(db: Db, key: { cptsId: CptsId; id: CaseId }, now: Date): Promise<HeldPlace | undefined> {
  const [held] = await queryRows<{ slotId: SlotId; heldUntil: string; heldByName: string | null }>(db, {
    name: 'held_place',
    text: heldText,
    values: [key.cptsId, key.id, now],
  })
  return held && { ...held, heldUntil: new Date(held.heldUntil) }
}
