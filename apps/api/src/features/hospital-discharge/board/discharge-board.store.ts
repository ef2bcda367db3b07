import { type Band, bands, type DeadlineCode } from '@maillage/contracts/cases'
import type { BoardCard, DischargeBoard } from '@maillage/contracts/discharges/discharge-board'
import type { Actor } from '../../../kernel/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'
import type { BoardWindow } from './board-days.ts'

/** As many as a coordination reads in a morning; the others are counted. */
const mostCards = 200
const mostCancelled = 50

interface CardRow {
  id: BoardCard['id']
  reference: string
  version: number
  status: BoardCard['status']
  band_rank: number
  due_at: string | null
  due_code: DeadlineCode | null
  escalated_at: string | null
  expected_discharge_at: string
  first_name: string
  last_name: string
  birth_date: BoardCard['patient']['birthDate']
  municipality: string
  unit: string
  organization: string
  is_new: boolean
  moved_from: string | null
  needs: BoardCard['needs']
}

// One statement for the whole board: the needs with who comes and who is asked, and where a date stood before it moved, for
// the cards that are shown alone. Discharges are walked along their dates, each one's case looked up, until the page is full.
const cardsText = `with shown as materialized (
  select c.*, d.unit_id, d.expected_discharge_at
  from hospital_discharges d
  cross join lateral (
    select c.id, c.reference, c.version, c.status, c.band_rank, c.due_at, c.due_code, c.escalated_at, c.patient_id,
      c.clock_started_at
    from cases c where c.cpts_id = $1 and c.id = d.case_id and c.is_open and c.status = any($2::text[]) limit 1
  ) c
  where d.cpts_id = $1 and d.actual_discharge_at is null and d.expected_discharge_at >= $3::timestamptz
  order by d.expected_discharge_at, d.case_id limit $5
)
select c.id, c.reference, c.version, c.status, c.band_rank, c.due_at, c.due_code, c.escalated_at,
  c.expected_discharge_at, p.first_name, p.last_name, p.birth_date, m.name as municipality, u.name as unit,
  o.name as organization, c.clock_started_at >= $4::timestamptz as is_new,
  (select e.data ->> 'from' from case_events e
    where e.cpts_id = $1 and e.case_id = c.id and e.action = 'reschedule' and e.at >= $4::timestamptz
    order by e.at, e.id limit 1) as moved_from,
  needs.lines as needs
from shown c
join patients p on p.cpts_id = $1 and p.id = c.patient_id
join municipalities m on m.code = p.municipality_code
join organization_units u on u.cpts_id = $1 and u.id = c.unit_id
join organizations o on o.cpts_id = $1 and o.id = u.organization_id
cross join lateral (
  select coalesce(json_agg(json_build_object('id', n.id, 'type', n.type, 'status', n.status, 'vital', n.vital,
    'carer', coalesce(carer.display_name, n.covered_by_name), 'firstVisitAt', n.first_visit_at,
    'reconfirmationPending', n.reconfirmation_pending, 'answerBy', asked.answer_by, 'declines', asked.declines)
    order by n.position, n.id), '[]') as lines
  from discharge_needs n
  left join practitioners carer on carer.cpts_id = $1 and carer.id = n.covered_by_id
  cross join lateral (
    select max(q.expires_at) filter (where q.status = 'pending') as answer_by,
      (count(*) filter (where q.status = 'declined'))::int as declines
    from proposals q where q.cpts_id = $1 and q.case_id = n.case_id and q.need_id = n.id
  ) asked
  where n.cpts_id = $1 and n.case_id = c.id
) needs
order by c.expected_discharge_at, c.id`

const notYetHome = ['submitted', 'acknowledged', 'info_requested', 'coordinating', 'partially_covered', 'covered']

// Written by PostgreSQL with its own offset and microseconds; the wire says milliseconds in UTC, like the other pages.
const inUtc = (written: string): string => new Date(written).toISOString()
const maybeInUtc = (written: string | null): string | null => written && inUtc(written)

const bandOf = (rank: number): Band => bands[rank - 1] ?? 'P4'

const toCard = (row: CardRow): BoardCard => ({
  id: row.id,
  reference: row.reference,
  version: row.version,
  status: row.status,
  band: bandOf(row.band_rank),
  expectedDischargeAt: inUtc(row.expected_discharge_at),
  patient: {
    firstName: row.first_name,
    lastName: row.last_name,
    birthDate: row.birth_date,
    municipality: row.municipality,
  },
  unit: { name: row.unit, organization: row.organization },
  needs: row.needs.map((need) => ({
    ...need,
    firstVisitAt: maybeInUtc(need.firstVisitAt),
    answerBy: maybeInUtc(need.answerBy),
  })),
  dueAt: maybeInUtc(row.due_at),
  dueCode: row.due_code,
  escalatedAt: maybeInUtc(row.escalated_at),
  isNew: row.is_new,
  movedFrom: row.moved_from,
})

interface CancelledRow {
  id: BoardCard['id']
  reference: string
  first_name: string
  last_name: string
  expected_discharge_at: string
  status_reason: DischargeBoard['cancelled'][number]['reason']
  closed_at: string
}

const cancelledText = `select c.id, c.reference, p.first_name, p.last_name, d.expected_discharge_at, c.status_reason,
  c.closed_at
from cases c
join hospital_discharges d on d.cpts_id = c.cpts_id and d.case_id = c.id
join patients p on p.cpts_id = c.cpts_id and p.id = c.patient_id
where c.cpts_id = $1 and c.kind = 'hospital-discharge' and c.status = 'cancelled' and c.closed_at >= $2::timestamptz
order by c.closed_at desc, c.id limit $3`

const comingText = `select count(*)::int as cases
from hospital_discharges d join cases c on c.cpts_id = $1 and c.id = d.case_id
where d.cpts_id = $1 and d.actual_discharge_at is null and d.expected_discharge_at >= $3::timestamptz
  and c.is_open and c.kind = 'hospital-discharge' and c.status = any($2::text[])`
const standingText = `select coalesce(sum(cases), 0)::int as cases
from case_counts where cpts_id = $1 and kind = 'hospital-discharge' and status = any($2::text[])`

/** How many are not yet home: all of them by the figures that are kept, those from a date on counted one by one. */
async function countNotYetHome(db: Db, actor: Actor, after: Date | null): Promise<number> {
  const values = [actor.cptsId, notYetHome]
  const [found] = await queryRows<{ cases: number }>(
    db,
    after
      ? { name: 'discharge_board_coming', text: comingText, values: [...values, after] }
      : { name: 'discharge_board_standing', text: standingText, values },
  )
  return found?.cases ?? 0
}

/** The discharges not yet home, by date, each with its needs: three statements whatever their number. */
export async function readBoard(
  db: Db,
  actor: Actor,
  { after, since }: BoardWindow,
): Promise<Pick<DischargeBoard, 'items' | 'left' | 'cancelled'>> {
  const cards = await queryRows<CardRow>(db, {
    name: 'discharge_board',
    text: cardsText,
    values: [actor.cptsId, notYetHome, after ?? '-infinity', since, mostCards],
  })
  // A page that is not full holds them all.
  const total = cards.length < mostCards ? cards.length : await countNotYetHome(db, actor, after)
  const cancelled = await queryRows<CancelledRow>(db, {
    name: 'discharge_board_cancelled',
    text: cancelledText,
    values: [actor.cptsId, since, mostCancelled],
  })
  return {
    items: cards.map(toCard),
    left: Math.max(0, total - cards.length),
    cancelled: cancelled.map((row) => ({
      id: row.id,
      reference: row.reference,
      patient: { firstName: row.first_name, lastName: row.last_name },
      expectedDischargeAt: inUtc(row.expected_discharge_at),
      reason: row.status_reason,
      at: inUtc(row.closed_at),
    })),
  }
}
