import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray } from 'drizzle-orm'
import { type PatientRow, rewriteTokens } from '../../kernel/patients/patient.store.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import type { DroppedMember } from '../../kernel/tables/patient-likeness.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** Writes a record, its version raised, and the words by which it is found. */
export async function writeRecord(
  tx: Db,
  before: PatientRow,
  patch: Partial<PatientRow>,
  now: Date,
): Promise<PatientRow> {
  const [row] = await tx
    .update(patients)
    .set({ ...patch, version: before.version + 1, updatedAt: now })
    .where(and(eq(patients.cptsId, before.cptsId), eq(patients.id, before.id)))
    .returning()
  if (!row) throw new Error('A record that is held is gone')
  await rewriteTokens(tx, row)
  return row
}

type Move = { cptsId: CptsId; from: PatientId; to: PatientRow; now: Date }

/** The cases of a record, held in their order. */
export async function lockCasesOf(tx: Db, cptsId: CptsId, ids: readonly PatientId[]): Promise<void> {
  await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.cptsId, cptsId), inArray(cases.patientId, [...ids])))
    .orderBy(cases.id)
    .for('update')
}

// An open case queues under the commune where the person lives.
const moveText = `update cases set patient_id = $3, version = version + 1, updated_at = $5,
  municipality_code = case when is_open then $4 else municipality_code end
where cpts_id = $1 and patient_id = $2 returning id`
const someText = moveText.replace(' returning id', ' and id = any($6::uuid[]) returning id')

/** Cases of one record become the other's, all or those named. Their references stay. */
export async function moveCases(tx: Db, { cptsId, from, to, now }: Move, only?: readonly CaseId[]): Promise<CaseId[]> {
  const values = [cptsId, from, to.id, to.municipalityCode, now]
  const rows = await queryRows<{ id: CaseId }>(
    tx,
    only
      ? { name: 'move_some_cases', text: someText, values: [...values, [...only]] }
      : { name: 'move_cases', text: moveText, values },
  )
  return rows.map(({ id }) => id)
}

/** The open cases of a person follow the commune that was kept. */
export async function moveToCommune(tx: Db, { cptsId, id, municipalityCode }: PatientRow, now: Date): Promise<void> {
  await queryRows(tx, {
    name: 'cases_to_commune',
    text: `update cases set municipality_code = $3, version = version + 1, updated_at = $4
      where cpts_id = $1 and patient_id = $2 and is_open and municipality_code <> $3`,
    values: [cptsId, id, municipalityCode, now],
  })
}

const dropText = `delete from gp_search_members m where m.cpts_id = $1 and m.patient_id = any($2::uuid[]) and (
  exists (select from cases c where c.cpts_id = $1 and c.id = m.case_id and c.patient_id = any($2::uuid[]))
  or (m.patient_id = $3 and exists (select from gp_search_members k
    where k.cpts_id = $1 and k.case_id = m.case_id and k.patient_id = any($2::uuid[]) and k.patient_id <> $3)))
returning m.case_id as "caseId", m.patient_id as "patientId", m.details, m.registered_at as "registeredAt",
  m.own_case_id as "ownCaseId"`

/** Where both records stand in one household's search, one line is enough: the others are taken out and given back. */
export const dropTwice = (
  tx: Db,
  cptsId: CptsId,
  { kept, merged }: { kept: PatientId; merged: PatientId },
): Promise<DroppedMember[]> =>
  queryRows(tx, { name: 'drop_members_twice', text: dropText, values: [cptsId, [kept, merged], merged] })

/** The lines of households' searches follow the record; gives the searches. */
export async function moveMembers(
  tx: Db,
  { cptsId, from, to }: { cptsId: CptsId; from: PatientId; to: PatientId },
  only: readonly CaseId[] | null,
): Promise<CaseId[]> {
  const rows = await queryRows<{ id: CaseId }>(tx, {
    name: 'move_members',
    text: `update gp_search_members m set patient_id = $3 where m.cpts_id = $1 and m.patient_id = $2
      and ($4::uuid[] is null or m.case_id = any($4::uuid[]))
      and not exists (select from gp_search_members k where k.cpts_id = $1 and k.case_id = m.case_id and k.patient_id = $3)
      returning m.case_id as id`,
    values: [cptsId, from, to, only === null ? null : [...only]],
  })
  return rows.map(({ id }) => id)
}

/** Puts back lines that a merge took out, where the search and the person are still there. */
export async function putMembersBack(tx: Db, cptsId: CptsId, dropped: readonly DroppedMember[]): Promise<CaseId[]> {
  const back: CaseId[] = []
  for (const { caseId, patientId, details, registeredAt, ownCaseId } of dropped) {
    const rows = await queryRows(tx, {
      name: 'put_member_back',
      text: `insert into gp_search_members (cpts_id, case_id, patient_id, details, registered_at, own_case_id)
        select $1, $2, $3, $4, $5, $6 from cases c where c.cpts_id = $1 and c.id = $2 and c.patient_id <> $3
        on conflict do nothing returning case_id`,
      values: [cptsId, caseId, patientId, JSON.stringify(details), registeredAt, ownCaseId],
    })
    if (rows.length > 0) back.push(caseId)
  }
  return back
}

/** How many people each of these searches is for, counted anew. */
export async function recountHouseholds(tx: Db, cptsId: CptsId, ids: readonly CaseId[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await queryRows(tx, {
    name: 'recount_households',
    text: `update cases c set version = c.version + 1, updated_at = $3, household_size = 1 + (
        select count(*) from gp_search_members m where m.cpts_id = $1 and m.case_id = c.id)
      where c.cpts_id = $1 and c.id = any($2::uuid[])`,
    values: [cptsId, [...new Set(ids)], now],
  })
}
