import type { CptsId, PractitionerId, SlotId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

interface LockedSlot {
  readonly id: SlotId
  readonly version: number
  readonly isTaken: boolean
  readonly isPast: boolean
}

// In one order for all, so that two who close at once wait for each other and never for ever.
const lockText =
  'select id from slots where cpts_id = $1 and practitioner_id = $2 and id = any($3::uuid[]) order by id for update'

// Read under the lock, in a statement of its own: what another booked while we waited is seen.
const factsText = `select s.id, s.version, s.starts_at <= $4::timestamptz as "isPast", exists (
    select from slot_bookings b where b.cpts_id = $1 and b.slot_id = s.id
      and (b.state in ('booked', 'attended', 'no_show') or b.state = 'held' and b.held_until > $4)) as "isTaken"
from slots s where s.cpts_id = $1 and s.practitioner_id = $2 and s.id = any($3::uuid[])`

/** These slots of one practitioner, locked, with what stands in them. */
export async function lockOwnSlots(
  tx: Db,
  of: { cptsId: CptsId; practitionerId: PractitionerId; ids: readonly SlotId[]; now: Date },
): Promise<LockedSlot[]> {
  const key = [of.cptsId, of.practitionerId, [...of.ids]]
  await queryRows(tx, { name: 'lock_own_slots', text: lockText, values: key })
  return queryRows<LockedSlot>(tx, { name: 'own_slot_facts', text: factsText, values: [...key, of.now] })
}

// Opened again, a slot must not stand in the way of another that was published meanwhile.
const setText = `update slots s set closed_at = $3::timestamptz, version = version + 1,
  closes_when_freed = s.closes_when_freed and $3::timestamptz is not null
where s.cpts_id = $1 and s.id = any($2::uuid[]) and ($3::timestamptz is not null or not exists (
  select from slots o where o.cpts_id = $1 and o.practitioner_id = s.practitioner_id and o.id <> s.id
    and o.closed_at is null and o.starts_at < s.ends_at and o.ends_at > s.starts_at))
returning s.id`

/** Closes these slots at `closedAt`, or opens them (null); false when one of them would overlap another. */
export async function setClosed(
  tx: Db,
  key: { cptsId: CptsId; ids: readonly SlotId[] },
  closedAt: Date | null,
): Promise<boolean> {
  const rows = await queryRows(tx, {
    name: 'set_slots_closed',
    text: setText,
    values: [key.cptsId, [...key.ids], closedAt],
  })
  return rows.length === new Set(key.ids).size
}
