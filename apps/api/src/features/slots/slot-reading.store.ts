import type { CaseId, CptsId, PractitionerId, SlotId, SlotSeriesId } from '@maillage/contracts/kit/ids'
import type { SlotPractitioner, SlotVisibility } from '@maillage/contracts/slots/slots'
import type { CareMode } from '@maillage/contracts/unscheduled-care'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** A slot as it stands at a moment. */
export interface ReadSlot {
  readonly id: SlotId
  readonly seriesId: SlotSeriesId | null
  readonly startsAt: string
  readonly endsAt: string
  readonly mode: CareMode
  readonly visibility: SlotVisibility[]
  readonly capacity: number
  readonly version: number
  readonly isClosed: boolean
  readonly closesWhenFreed: boolean
  readonly isAway: boolean
  readonly isPast: boolean
  readonly booked: number
  readonly held: number
  readonly cases: { id: CaseId; reference: string }[]
}

/** From which moment to which, read at which. */
export interface Span {
  readonly from: Date
  readonly until: Date
  readonly now: Date
  readonly timeZone: string
}

// $1 CPTS, $2 from, $3 until, $4 now, $5 zone.
const columns = `s.id, s.series_id as "seriesId", s.starts_at as "startsAt", s.ends_at as "endsAt", s.mode, s.visibility,
  s.capacity, s.version, s.closed_at is not null as "isClosed",
  s.closes_when_freed as "closesWhenFreed", s.starts_at <= $4::timestamptz as "isPast",
  exists (select from absences a where a.cpts_id = $1 and a.practitioner_id = s.practitioner_id
    and (s.starts_at at time zone $5)::date between a.from_day and a.until_day) as "isAway",
  places.booked, places.held, places.cases`
const places = `cross join lateral (
  select count(*) filter (where b.state <> 'held')::int as booked,
    count(*) filter (where b.state = 'held')::int as held,
    coalesce(json_agg(json_build_object('id', c.id, 'reference', c.reference) order by b.created_at)
      filter (where b.state <> 'held'), '[]') as cases
  from slot_bookings b join cases c on c.cpts_id = $1 and c.id = b.case_id
  where b.cpts_id = $1 and b.slot_id = s.id
    and (b.state in ('booked', 'attended', 'no_show') or b.state = 'held' and b.held_until > $4)
) places`

// An hour that was closed and was nobody's series is no news to anybody.
const ofPractitioner = `select ${columns} from slots s ${places}
where s.cpts_id = $1 and s.practitioner_id = $6 and s.starts_at >= $2 and s.starts_at < $3
  and (s.closed_at is null and (places.booked + places.held > 0 or not s.closes_when_freed) or s.series_id is not null and exists (
    select from slot_series r where r.cpts_id = $1 and r.id = s.series_id and r.ended_at is null))
order by s.starts_at, s.id limit 2000`

/** The slots of a practitioner over some days, in order. */
export const listOwnSlots = (db: Db, cptsId: CptsId, id: PractitionerId, span: Span): Promise<ReadSlot[]> =>
  queryRows(db, {
    name: 'own_slots',
    text: ofPractitioner,
    values: [cptsId, span.from, span.until, span.now, span.timeZone, id],
  })

const ofDay = `select ${columns}, json_build_object('id', p.id, 'displayName', p.display_name, 'profession', p.profession,
  'municipality', coalesce(m.name, ''), 'practicePhone', p.practice_phone) as practitioner
from slots s ${places}
join practitioners p on p.cpts_id = $1 and p.id = s.practitioner_id
left join municipalities m on m.code = p.municipality_code
where s.cpts_id = $1 and s.starts_at >= $2 and s.starts_at < $3 and s.closed_at is null
  and (places.booked + places.held > 0 or not s.closes_when_freed)
order by s.starts_at, p.display_name, s.id limit 1000`

/** The open slots of everybody over some hours, in order. */
export const listDaySlots = (
  db: Db,
  cptsId: CptsId,
  span: Span,
): Promise<(ReadSlot & { practitioner: SlotPractitioner })[]> =>
  queryRows(db, {
    name: 'day_slots',
    text: ofDay,
    values: [cptsId, span.from, span.until, span.now, span.timeZone],
  })
