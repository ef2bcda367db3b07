import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { and, eq, sql } from 'drizzle-orm'
import { inForce } from '../../kernel/settings/setting.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { rowsOf, runNamed, uuids } from '../../platform/db/named-sql.ts'
import type { GpSearchClockFacts } from './gp-search.deadlines.ts'
import { gpSearches, gpSearchMembers } from './gp-search.table.ts'

const { columns, toRow } = rowsOf(gpSearches)

export type GpSearchRow = typeof gpSearches.$inferSelect
type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

const ofSearch = ({ cptsId, id }: CaseKey) => and(eq(gpSearches.cptsId, cptsId), eq(gpSearches.caseId, id))

export async function getSearchRow(db: Db, key: CaseKey): Promise<GpSearchRow> {
  const [row] = await db.select().from(gpSearches).where(ofSearch(key))
  if (!row) throw new Error('A gp-search case has no row of its own')
  return row
}

export async function insertSearch(
  tx: Db,
  key: CaseKey,
  details: GpSearchDetails,
  members: readonly { patientId: PatientId; details: GpSearchDetails }[],
): Promise<void> {
  await tx.insert(gpSearches).values({ cptsId: key.cptsId, caseId: key.id, details })
  if (members.length === 0) return
  await tx.insert(gpSearchMembers).values(members.map((member) => ({ cptsId: key.cptsId, caseId: key.id, ...member })))
}

export async function updateSearch(tx: Db, key: CaseKey, patch: Partial<GpSearchRow>): Promise<void> {
  await tx.update(gpSearches).set(patch).where(ofSearch(key))
}

/** The rows of these searches, by case. One statement. */
export async function searchRowsOf(db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<Map<CaseId, GpSearchRow>> {
  const statement = sql`select ${columns} from ${gpSearches}
    where ${gpSearches.cptsId} = ${cptsId} and ${gpSearches.caseId} = any(${uuids(ids)})`
  const rows = (await runNamed<Record<string, unknown>>(db, statement)).map(toRow)
  return new Map(rows.map((row) => [row.caseId, row]))
}

interface Member {
  caseId: CaseId
  patientId: PatientId
  details: GpSearchDetails
  birthDate: DayDate
  firstName: string
  lastName: string
}

const membersText = `select m.case_id as "caseId", m.patient_id as "patientId", m.details, p.birth_date as "birthDate",
  p.first_name as "firstName", p.last_name as "lastName"
from gp_search_members m join patients p on p.cpts_id = $1 and p.id = m.patient_id
where m.cpts_id = $1 and m.case_id = any($2::uuid[])
order by p.birth_date, m.patient_id`

/** The household's members of these searches, the patients of the cases left out. */
export const membersOf = (db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<Member[]> =>
  queryRows(db, { name: 'gp_search_members', text: membersText, values: [cptsId, [...ids]] })

/** What a search asks of a doctor, and the birth dates of all whom it is for. */
export interface Wanted {
  details: GpSearchDetails
  births: DayDate[]
}

/** What each of these searches asks, by case; the household's members counted in. One statement. */
export async function wantedOf(db: Db, rows: readonly CaseKey[]): Promise<Map<CaseId, Wanted>> {
  const [first] = rows
  if (!first) return new Map()
  const ids = uuids(rows.map(({ id }) => id))
  const found = await runNamed<Wanted & { id: CaseId }>(
    db,
    sql`
    select s.case_id as id, s.details, array(
      select p.birth_date::text from patients p where p.cpts_id = ${first.cptsId} and p.id in (
        select c.patient_id union all
        select m.patient_id from gp_search_members m where m.cpts_id = ${first.cptsId} and m.case_id = s.case_id
      )) as births
    from gp_searches s join cases c on c.cpts_id = ${first.cptsId} and c.id = s.case_id
    where s.cpts_id = ${first.cptsId} and s.case_id = any(${ids})`,
  )
  return new Map(found.map(({ id, details, births }) => [id, { details, births }]))
}

/** Until when the person of a search (`table`) may answer, where they are being asked and did not; for these statuses. */
export const askedUntil = (table: string, isWaiting: string): string => `case when ${isWaiting} then (
    select r.answer_by from revalidations r where r.cpts_id = ${table}.cpts_id and r.case_id = ${table}.case_id
      and r.ended_at is null and (${table}.confirmed_at < r.started_at) is not false) end`

/** What the CPTS set, to be read by `inForce`. */
export const everyDaysSet = `(select value from cpts_settings where cpts_id = $1 and name = 'revalidation-every-days')`

// Each of the sub-selects runs for the statuses whose clock needs it.
const clockText = `select s.told_at, s.visit_at, s.confirmed_at,
  case when $3 = 'proposing' then (
    select min(o.expires_at) from proposals o where o.cpts_id = $1 and o.case_id = $2 and o.status = 'pending') end as first_expiry,
  case when $3 = 'info_requested' then (
    select count(*)::int from case_events e
    where e.cpts_id = $1 and e.case_id = $2 and e.type = 'contact-attempt' and e.at >= $4) else 0 end as attempts,
  ${askedUntil('s', "$3 in ('eligible', 'proposing')")} as asked_until, ${everyDaysSet} as every_days
from gp_searches s where s.cpts_id = $1 and s.case_id = $2`

interface ClockRow {
  told_at: string | null
  visit_at: string | null
  confirmed_at: string | null
  first_expiry: string | null
  attempts: number
  asked_until: string | null
  every_days: number | null
}

const instant = (written: string | null): Date | null => (written === null ? null : new Date(written))

/**
 * What the clocks of a search read beside its header: when the first of the proposals that await an answer expires, and
 * the contact attempts since information was asked for, each of which puts the next reminder off; and whether they are
 * being asked if they still search. One statement.
 */
export async function clockFactsOf(
  db: Db,
  { cptsId, id, status, statusSince }: Pick<CaseRow, 'cptsId' | 'id' | 'status' | 'statusSince'>,
): Promise<Omit<GpSearchClockFacts, 'status' | 'band' | 'clockStartedAt' | 'statusSince' | 'resumeAt'>> {
  const values = [cptsId, id, status, statusSince]
  const [found] = await queryRows<ClockRow>(db, { name: 'gp_search_clock', text: clockText, values })
  if (!found) throw new Error('A gp-search case has no row of its own')
  return {
    toldAt: instant(found.told_at),
    visitAt: instant(found.visit_at),
    confirmedAt: instant(found.confirmed_at),
    firstExpiry: instant(found.first_expiry),
    attemptsSinceAsked: found.attempts,
    revalidationDays: inForce('revalidation-every-days', found.every_days),
    askedUntil: instant(found.asked_until),
  }
}
