import { newId, PatientId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { rowsOf } from '../../platform/db/named-sql.ts'
import { namedByText, parameters, writtenRow } from '../../platform/db/written-row.ts'
import type { Context } from '../context.ts'
import { cases } from '../tables/case.table.ts'
import { patientSearchTokens, patients } from '../tables/patient.table.ts'
import { searchTokens, traitsKey } from './patient-traits.ts'

export type PatientRow = typeof patients.$inferSelect

const { toRow } = rowsOf(patients)

/** The columns of a description, shared by insert, update and comparison. */
export const columnsOf = (details: PatientDetails) => ({
  birthName: details.birthName,
  lastName: details.lastName ?? details.birthName,
  firstName: details.firstName,
  birthDate: details.birthDate,
  sex: details.sex,
  phones: details.phones,
  email: details.email ?? null,
  addressLine: details.address.line ?? null,
  addressComplement: details.address.complement ?? null,
  postalCode: details.address.postalCode ?? null,
  municipalityCode: details.address.municipality,
  guardian: details.guardian ?? null,
  caregiver: details.caregiver ?? null,
  trustedPerson: details.trustedPerson ?? null,
  interpreterLanguage: details.interpreterLanguage ?? null,
  hoursToCall: details.hoursToCall ?? null,
  noVoicemail: details.noVoicemail ?? false,
  traits: traitsKey(details),
})

// As one array: a text that does not change with the number of words is planned once.
const tokensText = `insert into patient_search_tokens (cpts_id, patient_id, token) select $1, $2, unnest($3::text[])`

const writeTokens = (tx: Db, { cptsId, id }: PatientRow, tokens: readonly string[]): Promise<unknown> =>
  queryRows(tx, { name: 'patient_tokens', text: tokensText, values: [cptsId, id, tokens] })

type Named = Parameters<typeof searchTokens>[0]

const mergedText = `with recursive merged as (
  select id from patients where cpts_id = $1 and merged_into_id = $2
  union all select p.id from merged m join patients p on p.cpts_id = $1 and p.merged_into_id = m.id)
select p.birth_name as "birthName", p.last_name as "lastName", p.first_name as "firstName", p.birth_date as "birthDate",
  p.sex, p.phones from merged m join patients p on p.cpts_id = $1 and p.id = m.id`

/** Writes anew the words by which a patient is found: theirs, and those of the records merged into theirs. */
export async function rewriteTokens(tx: Db, patient: PatientRow): Promise<void> {
  const key = and(eq(patientSearchTokens.cptsId, patient.cptsId), eq(patientSearchTokens.patientId, patient.id))
  await tx.delete(patientSearchTokens).where(key)
  if (patient.mergedIntoId) return
  const { cptsId, id } = patient
  const merged = await queryRows<Named>(tx, { name: 'merged_records', text: mergedText, values: [cptsId, id] })
  await writeTokens(tx, patient, [...new Set([patient, ...merged].flatMap(searchTokens))])
}

/** Writes a new patient and the words by which they are found. */
export async function insertPatient(
  tx: Db,
  context: Pick<Context, 'actor' | 'now'>,
  details: PatientDetails,
): Promise<PatientRow> {
  const columns = columnsOf(details)
  const written = writtenRow(patients, {
    cptsId: context.actor.cptsId,
    id: newId(PatientId),
    ...columns,
    createdAt: context.now,
    updatedAt: context.now,
  })
  const text = `with patient as (
      insert into patients (${written.names.join(', ')}) values (${parameters(written, 2)}) returning *
    ), words as (
      insert into patient_search_tokens (cpts_id, patient_id, token) select cpts_id, id, unnest($1::text[]) from patient
    ) select * from patient`
  const values = [searchTokens(columns), ...written.values]
  const [found] = await queryRows<Record<string, unknown>>(tx, namedByText(text, values))
  if (!found) throw new Error('An inserted patient came back empty')
  return toRow(found)
}

/** Rewrites a patient's description when the version is the one seen; undefined when it is stale. */
export async function rewritePatient(
  tx: Db,
  context: Context,
  seen: { id: PatientId; version: number },
  details: PatientDetails,
): Promise<PatientRow | undefined> {
  const [patient] = await tx
    .update(patients)
    .set({ ...columnsOf(details), version: sql`${patients.version} + 1`, updatedAt: context.now })
    .where(and(eq(patients.cptsId, context.actor.cptsId), eq(patients.id, seen.id), eq(patients.version, seen.version)))
    .returning()
  if (patient) await rewriteTokens(tx, patient)
  return patient
}

/** A patient of the CPTS. */
export async function findPatient(
  db: Db,
  context: Pick<Context, 'actor'>,
  id: PatientId,
): Promise<PatientRow | undefined> {
  const [patient] = await db
    .select()
    .from(patients)
    .where(and(eq(patients.cptsId, context.actor.cptsId), eq(patients.id, id)))
  return patient
}

/**
 * A patient about whom something is about to be written, held so that no merge passes in between; the record that they
 * were merged into, where they were.
 */
export async function takePatient(
  tx: Db,
  context: Pick<Context, 'actor'>,
  id: PatientId,
): Promise<PatientRow | undefined> {
  const [patient] = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.cptsId, context.actor.cptsId), eq(patients.id, id)))
    .for('share')
  return patient?.mergedIntoId ? takePatient(tx, context, patient.mergedIntoId) : patient
}

/** The patient and, where they share a household, those of it. */
export async function householdOf(db: Db, patient: PatientRow): Promise<PatientRow[]> {
  const { cptsId, householdId } = patient
  if (!householdId) return [patient]
  return await db
    .select()
    .from(patients)
    .where(and(eq(patients.cptsId, cptsId), eq(patients.householdId, householdId)))
}

/** The open cases of a kind of a patient, to refuse a second search for the same person. */
export const openCasesOf = (
  tx: Db,
  context: Context,
  patientId: PatientId,
  kind: (typeof cases.$inferSelect)['kind'],
) =>
  tx
    .select()
    .from(cases)
    .where(
      and(eq(cases.cptsId, context.actor.cptsId), eq(cases.patientId, patientId), eq(cases.kind, kind), cases.isOpen),
    )
