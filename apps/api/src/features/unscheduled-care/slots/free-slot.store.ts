import type { CaseId, CptsId, SlotId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import type { SlotPractitioner, SlotVisibility } from '@maillage/contracts/slots/slots'
import type { CareMode } from '@maillage/contracts/unscheduled-care'
import type { Place } from '../../../kernel/practitioners/distance.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

/** A slot that may be taken, with where it is. */
export interface OpenSlot {
  readonly id: SlotId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly mode: CareMode
  readonly placesLeft: number
  readonly practitioner: SlotPractitioner
  readonly place: Place
}

type Row = Omit<OpenSlot, 'startsAt' | 'endsAt' | 'place'> & Place & { startsAt: string; endsAt: string }

const toSlot = ({ latitude, longitude, startsAt, endsAt, ...slot }: Row): OpenSlot => ({
  ...slot,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  place: { latitude, longitude },
})

const columns = `s.id, s.starts_at as "startsAt", s.ends_at as "endsAt", s.mode, m.latitude, m.longitude,
  json_build_object('id', p.id, 'displayName', p.display_name, 'profession', p.profession,
    'municipality', coalesce(m.name, ''), 'practicePhone', p.practice_phone) as practitioner`

/** The most that are weighed against each other: far more than anybody reads. */
const most = 300

// Led by the index of slots to come; a slot that is full, or whose practitioner is away, is left out.
const openText = `select ${columns}, s.capacity - taken.places as "placesLeft"
from slots s
join practitioners p on p.cpts_id = $1 and p.id = s.practitioner_id and p.gone_at is null and p.profession = $4
left join municipalities m on m.code = p.municipality_code
cross join lateral (
  select count(*)::int as places from slot_bookings b
  where b.cpts_id = $1 and b.slot_id = s.id and (b.state in ('attended', 'no_show')
    or b.case_id <> $6 and (b.state = 'booked' or b.state = 'held' and b.held_until > $2))
) taken
where s.cpts_id = $1 and s.closed_at is null and not s.closes_when_freed and s.starts_at > $2 and s.starts_at < $3 and s.mode = $5
  and s.visibility && $7::text[] and taken.places < s.capacity
  and not exists (select from absences a where a.cpts_id = $1 and a.practitioner_id = s.practitioner_id
    and (s.starts_at at time zone $8)::date between a.from_day and a.until_day)
order by s.starts_at, s.id limit ${most}`

/** The slots that a request may still take, the first to come first. */
export async function listOpenSlots(
  db: Db,
  cptsId: CptsId,
  wanted: {
    now: Date
    until: Date
    profession: Profession
    mode: CareMode
    caseId: CaseId
    visibility: readonly SlotVisibility[]
    timeZone: string
  },
): Promise<OpenSlot[]> {
  const { now, until, profession, mode, caseId, visibility, timeZone } = wanted
  const values = [cptsId, now, until, profession, mode, caseId, [...visibility], timeZone]
  return (await queryRows<Row>(db, { name: 'open_slots', text: openText, values })).map(toSlot)
}

const oneText = `select ${columns}, 0 as "placesLeft" from slots s
join practitioners p on p.cpts_id = $1 and p.id = s.practitioner_id
left join municipalities m on m.code = p.municipality_code
where s.cpts_id = $1 and s.id = $2 and s.visibility && $3::text[]`

/** One slot, whatever stands in it; undefined when it is not shown to who looks. */
export async function findSlot(
  db: Db,
  cptsId: CptsId,
  id: SlotId,
  visibility: readonly SlotVisibility[],
): Promise<OpenSlot | undefined> {
  const [row] = await queryRows<Row>(db, { name: 'one_slot', text: oneText, values: [cptsId, id, [...visibility]] })
  return row && toSlot(row)
}

/** Where the patient is, as far as the commune's centre is known. */
export async function placeOf(db: Db, municipality: string): Promise<Place> {
  const text = 'select latitude, longitude from municipalities where code = $1'
  const [place] = await queryRows<Place>(db, { name: 'place_of_municipality', text, values: [municipality] })
  return place ?? { latitude: null, longitude: null }
}
