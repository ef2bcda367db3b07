import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** A time at which a patient comes: nothing here says who, nor for what. */
export interface BusyTime {
  readonly id: string
  readonly startsAt: string
  readonly endsAt: string
  /** When the slot was first taken: the same at each reading, so that what did not change looks the same. */
  readonly since: string
}

const busyText = `select s.id, s.starts_at as "startsAt", s.ends_at as "endsAt", min(b.booked_at) as since
from slots s join slot_bookings b on b.cpts_id = $1 and b.slot_id = s.id and b.state in ('booked', 'attended', 'no_show')
where s.cpts_id = $1 and s.practitioner_id = $2 and s.starts_at >= $3 and s.starts_at < $4
group by s.id, s.starts_at, s.ends_at order by s.starts_at, s.id limit 2000`

/** When patients come to a practitioner by slots, between two moments. */
export const listBusy = (
  db: Db,
  cptsId: CptsId,
  id: PractitionerId,
  span: { from: Date; until: Date },
): Promise<BusyTime[]> =>
  queryRows(db, { name: 'busy_times', text: busyText, values: [cptsId, id, span.from, span.until] })

const sinceText = `select max(created_at) as since from single_purpose_links
where cpts_id = $1 and purpose = 'calendar-feed' and subject_id = $2 and revoked_at is null and expires_at > $3`

/** Since when the present address of a practitioner's calendar serves; null when there is none. */
export async function feedSince(db: Db, cptsId: CptsId, id: PractitionerId, now: Date): Promise<Date | null> {
  const values = [cptsId, id, now]
  const [row] = await queryRows<{ since: string | null }>(db, { name: 'feed_since', text: sinceText, values })
  return row?.since ? new Date(row.since) : null
}
