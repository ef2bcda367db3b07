import type { DayDate } from '@maillage/contracts/kit/dates'
import { type CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { PatientFound } from '@maillage/contracts/patients'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { findTyped, readTyped } from '../../kernel/patients/find-sought.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { casesOfPeople } from '../../kernel/patients/searches-of.ts'
import { type CaseRow, cases } from '../../kernel/tables/case.table.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { municipalities } from '../../platform/reference.table.ts'

interface FoundRow {
  id: PatientId
  birth_name: string
  last_name: string
  first_name: string
  birth_date: DayDate
  sex: PatientFound['sex']
  phones: string[]
  municipality: string | null
  open_cases: PatientFound['openCases']
}

// The last patient seen, by id alone: a name must not travel in a cursor.
const PatientCursor = z.tuple([PatientId])

const selectFound = `select p.id, p.birth_name, p.last_name, p.first_name, p.birth_date, p.sex, p.phones,
  (select name from municipalities where code = p.municipality_code) as municipality,
  coalesce((
    select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'reference', c.reference, 'status', c.status)
      order by c.opened_at, c.id)
    from cases c where c.cpts_id = $1 and c.id = any(${casesOfPeople('array[p.id]')}) and c.is_open), '[]'::jsonb) as open_cases
from patients p`

// As French dictionaries sort, accents and case coming last.
const sorted = (table: string): string =>
  `${table}.last_name collate "fr-x-icu", ${table}.first_name collate "fr-x-icu", ${table}.id`

// Those found by the beginning of a name come first. An array that PostgreSQL does not see: it looks each one up by key.
const page = `${selectFound}
where p.cpts_id = $1 and p.id = any(array(select unnest($2::uuid[])))`
const order = (table: string): string => `(${table}.id = any($3::uuid[])), ${sorted(table)}`
const firstText = `${page}
order by ${order('p')} limit $4`
const laterText = `${page} and (${order('p')}) > (select ${order('l')} from patients l where l.cpts_id = $1 and l.id = $5)
order by ${order('p')} limit $4`

/**
 * Whoever was typed, sorted by name: beginnings of names, a phone, a birth date, or the reference of a case; then, when
 * these are few, those whose names hold the words. `isPartial` when more people match than were looked at: the first
 * of them then, in the order of the words found.
 */
export async function searchPatients(
  db: Db,
  about: { cptsId: CptsId; now: Date; cipher: FieldCipher },
  { q, limit, cursor }: { q: string; limit: number; cursor?: string | undefined },
): Promise<{ items: PatientFound[]; next: string | null; isPartial: boolean }> {
  const after = decodeCursor(cursor, PatientCursor, '/cursor')
  const { ids, inside, isPartial } = await findTyped(db, about, readTyped(q, about.now))
  const all = [...ids, ...inside]
  if (all.length === 0) return { items: [], next: null, isPartial }
  // Sorting the first of too many would promise an order that they do not have among all: those shown alone are read.
  const found = isPartial
    ? await inOrder(db, about.cptsId, startingAfter(all, after?.[0]).slice(0, limit + 1))
    : await byName(db, about.cptsId, { all, inside, after: after?.[0], limit })
  return { ...toPage(found, limit, (row) => [row.id], toFound), isPartial }
}

function startingAfter(ids: readonly PatientId[], last: PatientId | undefined): readonly PatientId[] {
  if (last === undefined) return ids
  const at = ids.indexOf(last)
  return at < 0 ? [] : ids.slice(at + 1)
}

async function inOrder(db: Db, cptsId: CptsId, wanted: readonly PatientId[]): Promise<FoundRow[]> {
  const rows = await byName(db, cptsId, { all: wanted, inside: [], after: undefined, limit: wanted.length })
  return rows.toSorted((one, other) => wanted.indexOf(one.id) - wanted.indexOf(other.id))
}

interface Named {
  readonly all: readonly PatientId[]
  readonly inside: readonly PatientId[]
  readonly after: PatientId | undefined
  readonly limit: number
}

function byName(db: Db, cptsId: CptsId, { all, inside, after, limit }: Named): Promise<FoundRow[]> {
  const values = [cptsId, all, inside, limit + 1]
  return queryRows<FoundRow>(
    db,
    after === undefined
      ? { name: 'patients_found', text: firstText, values }
      : { name: 'patients_found_later', text: laterText, values: [...values, after] },
  )
}

const toFound = (row: FoundRow): PatientFound => ({
  id: row.id,
  birthName: row.birth_name,
  lastName: row.last_name,
  firstName: row.first_name,
  birthDate: row.birth_date,
  sex: row.sex,
  phones: row.phones,
  municipality: row.municipality ?? '',
  openCases: row.open_cases,
})

/** The name of a commune, or undefined when no commune has this code. */
export async function nameOfMunicipality(db: Db, code: string): Promise<string | undefined> {
  const [row] = await db.select({ name: municipalities.name }).from(municipalities).where(eq(municipalities.code, code))
  return row?.name
}

/** The ids of a patient's open cases, in an order that two acts share. */
export const openCaseIdsOf = async (db: Db, { cptsId, id }: PatientRow): Promise<CaseRow['id'][]> => {
  const rows = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.cptsId, cptsId), eq(cases.patientId, id), cases.isOpen))
    .orderBy(cases.id)
  return rows.map((row) => row.id)
}
