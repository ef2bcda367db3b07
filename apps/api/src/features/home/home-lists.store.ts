import { bands, type CoverageLine } from '@maillage/contracts/cases'
import type { AlertLine, AnswerLine, DepartureLine } from '@maillage/contracts/coordination/home'
import type { CaseLine } from '@maillage/contracts/coordination/reminders'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { caseLineColumns, toCaseLine } from '../../kernel/case-line.ts'
import type { UnreadCase } from '../../kernel/coordination/unread-cases.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'

/** A list of the home page: what is shown first, and how many there are. */
interface UpTo<Item> {
  items: Item[]
  total: number
}

const shown = 30
const told = ['accepted', 'declined', 'expired'] as const
type Told = (typeof told)[number]

// Walked from the latest: nobody is told of more than these since their last visit.
const answersText = `select count(*)::int as answers from (
  select 1 from proposals where cpts_id = $1 and answered_at > $2::timestamptz and status = any($3::text[])
  order by answered_at desc limit 2000
) latest`

async function countAnswers(db: Db, cptsId: CptsId, since: Date): Promise<number> {
  const values = [cptsId, since, [...told]]
  const [found] = await queryRows<{ answers: number }>(db, { name: 'home_answers', text: answersText, values })
  return found?.answers ?? 0
}

/** The answers, and the silences, that came in after a moment, the latest first. */
export async function listAnswers(db: Db, cptsId: CptsId, since: Date): Promise<UpTo<AnswerLine>> {
  const where = and(eq(proposals.cptsId, cptsId), gt(proposals.answeredAt, since), inArray(proposals.status, [...told]))
  const rows = await db
    .select({
      id: proposals.id,
      status: proposals.status,
      reason: proposals.reason,
      practitioner: practitioners.displayName,
      at: proposals.answeredAt,
      line: caseLineColumns,
    })
    .from(proposals)
    .innerJoin(cases, and(eq(cases.cptsId, proposals.cptsId), eq(cases.id, proposals.caseId)))
    .innerJoin(patients, and(eq(patients.cptsId, cases.cptsId), eq(patients.id, cases.patientId)))
    .innerJoin(
      practitioners,
      and(eq(practitioners.cptsId, proposals.cptsId), eq(practitioners.id, proposals.practitionerId)),
    )
    .where(where)
    .orderBy(desc(proposals.answeredAt), desc(proposals.id))
    .limit(shown)
  const items = rows.map(({ line, at, status, ...answer }) => ({
    ...answer,
    // The statement keeps these three only.
    status: status as Told,
    at: (at ?? since).toISOString(),
    case: toCaseLine(line),
  }))
  const total = items.length < shown ? items.length : await countAnswers(db, cptsId, since)
  return { items, total }
}

const departuresText = `select c.id, c.coverage, d.expected_discharge_at as at
from hospital_discharges d join cases c on c.cpts_id = d.cpts_id and c.id = d.case_id
where d.cpts_id = $1 and d.expected_discharge_at < $2::timestamptz and d.actual_discharge_at is null
  and c.is_open and c.status not in ('draft', 'discharged')
  and exists (select 1 from jsonb_array_elements(c.coverage) n where n ->> 'status' in ('open', 'proposed', 'unmet'))
order by d.expected_discharge_at, d.case_id`

/** The discharges expected before a moment with a need that nobody covers, the nearest first. */
export async function listDepartures(db: Db, cptsId: CptsId, before: Date): Promise<UpTo<DepartureLine>> {
  const rows = await queryRows<{ id: CaseLine['id']; coverage: CoverageLine[]; at: string }>(db, {
    name: 'home_departures',
    text: departuresText,
    values: [cptsId, before],
  })
  const kept = rows.slice(0, shown)
  const lines = await linesOf(db, cptsId, kept)
  const items = kept.flatMap(({ id, coverage, at }) => {
    const line = lines.get(id)
    return line ? [{ case: line.case, expectedAt: instantOf(at), coverage }] : []
  })
  return { items, total: rows.length }
}

/** The unread cases as the home page shows them. */
export async function describeAlerts(db: Db, cptsId: CptsId, unread: readonly UnreadCase[]): Promise<UpTo<AlertLine>> {
  const kept = unread.slice(0, shown)
  const lines = await linesOf(db, cptsId, kept)
  const items = kept.flatMap(({ id, reason, since, toldAt }) => {
    const line = lines.get(id)
    return line ? [{ ...line, reason, since, toldAt }] : []
  })
  return { items, total: unread.length }
}

type Described = Pick<AlertLine, 'case' | 'band'>

async function linesOf(
  db: Db,
  cptsId: CptsId,
  wanted: readonly { id: CaseLine['id'] }[],
): Promise<Map<CaseLine['id'], Described>> {
  const ids: SQL = sql`${sql.param(wanted.map(({ id }) => id))}::uuid[]`
  const rows = await db
    .select({ line: caseLineColumns, bandRank: cases.bandRank })
    .from(cases)
    .innerJoin(patients, and(eq(patients.cptsId, cases.cptsId), eq(patients.id, cases.patientId)))
    .where(and(eq(cases.cptsId, cptsId), sql`${cases.id} = any(${ids})`))
  return new Map(
    rows.map(({ line, bandRank }) => [line.id, { case: toCaseLine(line), band: bands[bandRank - 1] ?? 'P4' }]),
  )
}
