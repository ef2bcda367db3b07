import type { CaseKindName } from '@maillage/contracts/cases'
import type { DayDate } from '@maillage/contracts/kit/dates'
import { CaseId, type CptsId, type PractitionerId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Place } from '../../../kernel/practitioners/distance.ts'
import { type CaseRow, cases } from '../../../kernel/tables/case.table.ts'
import { patients } from '../../../kernel/tables/patient.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { municipalities } from '../../../platform/reference.table.ts'

/** Where a page starts: the band, since when the last one waits, and who. */
export const WaitingKeys = z.tuple([z.int().min(1).max(4), z.iso.datetime(), CaseId])
export type WaitingKeys = z.infer<typeof WaitingKeys>

/** A case that waits, with the person and the commune. */
export interface WaitingRow {
  row: CaseRow
  since: string
  liveRounds: number
  /** That of the CPTS. */
  timeZone: string
  patient: { displayName: string; birthDate: DayDate; sex: 'female' | 'male' | 'unknown' }
  commune: Place & { name: string }
}

/** What somebody takes at most: households of this size, from these communes; null for any. */
export interface Takes {
  size: number | null
  municipalities: readonly string[] | null
}

// Closed lists, written out so that the index of who may be proposed serves.
const oneOf = (column: SQL, names: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(names.map((name) => `'${name}'`).join(', '))})`

/** Cases in these statuses, priority first and then the longest wait; the next `limit` after these keys. One statement. */
export async function listWaiting(
  db: Db,
  wanted: { cptsId: CptsId; kind: CaseKindName; statuses: readonly string[]; limit: number } & Takes,
  after: WaitingKeys | undefined,
): Promise<WaitingRow[]> {
  const chosen = sql.param(wanted.municipalities && [...wanted.municipalities])
  // Microseconds stay: a Date would lose them, and the page with them.
  const since = sql<string>`to_char(${cases.registeredAt} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
  const found = await db
    .select({
      row: getTableColumns(cases),
      since,
      liveRounds: sql<number>`(
        select count(distinct o.round_id)::int from proposals o
        where o.cpts_id = ${wanted.cptsId} and o.case_id = ${cases.id} and o.status in ('queued', 'pending'))`,
      timeZone: sql<string>`(select time_zone from cpts where id = ${wanted.cptsId})`,
      firstName: patients.firstName,
      lastName: patients.lastName,
      birthDate: patients.birthDate,
      sex: patients.sex,
      commune: {
        name: municipalities.name,
        latitude: municipalities.latitude,
        longitude: municipalities.longitude,
      },
    })
    .from(cases)
    .innerJoin(patients, and(eq(patients.cptsId, cases.cptsId), eq(patients.id, cases.patientId)))
    .innerJoin(municipalities, eq(municipalities.code, cases.municipalityCode))
    .where(
      and(
        eq(cases.cptsId, wanted.cptsId),
        sql`${cases.isOpen}`,
        oneOf(sql`${cases.kind}`, [wanted.kind]),
        oneOf(sql`${cases.status}`, wanted.statuses),
        sql`${cases.householdSize} <= coalesce(${wanted.size}::int, 100)`,
        sql`coalesce(${cases.municipalityCode} = any(${chosen}::text[]), true)`,
        after
          ? sql`(${cases.bandRank}, ${cases.registeredAt}, ${cases.id}) > (${after[0]}, ${after[1]}::timestamptz, ${after[2]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(cases.bandRank), asc(cases.registeredAt), asc(cases.id))
    .limit(wanted.limit)
  return found.map(({ firstName, lastName, birthDate, sex, ...same }) => ({
    ...same,
    patient: { displayName: `${firstName} ${lastName}`, birthDate, sex },
  }))
}

interface LiveRow extends Record<string, unknown> {
  id: string
  kind: CaseKindName
  reference: string
  status: 'queued' | 'pending'
  municipality: string
  sent_at: string | null
  expires_at: string | null
  version: number
  places: number
}

/** What still waits for this practitioner's answer, the first to expire first. */
export async function listLiveOf(db: Db, cptsId: CptsId, id: PractitionerId): Promise<LiveRow[]> {
  const { rows } = await db.execute<LiveRow>(sql`
    select o.id, c.kind, c.reference, o.status, m.name as municipality, o.sent_at, o.expires_at, o.version,
      case when c.kind = 'gp-search' then c.household_size else 0 end as places
    from proposals o
    join cases c on c.cpts_id = o.cpts_id and c.id = o.case_id
    join municipalities m on m.code = c.municipality_code
    where o.cpts_id = ${cptsId} and o.practitioner_id = ${id} and o.status in ('queued', 'pending')
    order by o.expires_at nulls last, o.id`)
  return rows
}

/** How many people this practitioner accepted and has not given back. */
export async function countPatientsOf(db: Db, cptsId: CptsId, id: PractitionerId): Promise<number> {
  const { rows } = await db.execute<{ patients: number }>(sql`
    select count(distinct c.patient_id)::int as patients
    from proposals o join cases c on c.cpts_id = o.cpts_id and c.id = o.case_id
    where o.cpts_id = ${cptsId} and o.practitioner_id = ${id} and o.status = 'accepted'`)
  return rows[0]?.patients ?? 0
}
