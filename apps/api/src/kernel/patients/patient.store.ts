import { newId, PatientId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { rowsOf } from '../../platform/db/named-sql.ts'
import { namedByText, parameters, writtenRow } from '../../platform/db/written-row.ts'
import type { Context } from '../context.ts'
import { cases } from '../tables/case.table.ts'
import { patientSearchTokens, patients } from '../tables/patient.table.ts'
import { looksAlike, searchTokens, sharedTraits, type TraitName, traitsKey } from './patient-traits.ts'

export type PatientRow = typeof patients.$inferSelect

const { toRow } = rowsOf(patients)

/** The columns of a description, shared by insert and update. */
const columnsOf = (details: PatientDetails) => ({
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

const writeTokens = (tx: Db, patient: PatientRow): Promise<unknown> =>
  queryRows(tx, {
    name: 'patient_tokens',
    text: tokensText,
    values: [patient.cptsId, patient.id, searchTokens(patient)],
  })

async function rewriteTokens(tx: Db, patient: PatientRow): Promise<void> {
  const key = and(eq(patientSearchTokens.cptsId, patient.cptsId), eq(patientSearchTokens.patientId, patient.id))
  await tx.delete(patientSearchTokens).where(key)
  await writeTokens(tx, patient)
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

/** The patient and, where they share a household, those of it. */
export async function householdOf(db: Db, patient: PatientRow): Promise<PatientRow[]> {
  const { cptsId, householdId } = patient
  if (!householdId) return [patient]
  return await db
    .select()
    .from(patients)
    .where(and(eq(patients.cptsId, cptsId), eq(patients.householdId, householdId)))
}

export interface LookAlike {
  patient: PatientRow
  shared: TraitName[]
  openCases: string[]
}

// Nobody's name and nobody's birthday is shared by more people of one territory than are worth comparing.
const mostNear = 200

/** Known patients who share at least three of the four traits, most alike first. */
export async function findLookAlikes(tx: Db, context: Context, details: PatientDetails): Promise<LookAlike[]> {
  const { cptsId } = context.actor
  const names = searchTokens({ ...details, phones: [] }).filter((token) => token.includes(' '))
  // Two ranges of two indexes: joined by « or », they would be found by reading every patient of the CPTS.
  const near = await tx
    .select()
    .from(patients)
    .where(
      and(
        eq(patients.cptsId, cptsId),
        sql`${patients.id} in (
          (select born.id from patients born where born.cpts_id = ${cptsId} and born.birth_date = ${details.birthDate} limit ${mostNear})
          union
          (select named.patient_id from patient_search_tokens named
            where named.cpts_id = ${cptsId} and named.token = any(${sql.param(names)}::text[]) limit ${mostNear}))`,
      ),
    )
  const alike = near
    .map((patient) => ({ patient, shared: sharedTraits(patient, details) }))
    .filter(({ shared }) => looksAlike(shared))
    .sort((one, other) => other.shared.length - one.shared.length)
    .slice(0, 10)
  const open =
    alike.length === 0
      ? []
      : await openReferences(
          tx,
          context,
          alike.map(({ patient }) => patient.id),
        )
  return alike.map((found) => ({
    ...found,
    openCases: open.filter(({ patientId }) => patientId === found.patient.id).map(({ reference }) => reference),
  }))
}

const openReferences = (tx: Db, context: Context, ids: PatientId[]) =>
  tx
    .select({ patientId: cases.patientId, reference: cases.reference })
    .from(cases)
    .where(and(eq(cases.cptsId, context.actor.cptsId), inArray(cases.patientId, ids), cases.isOpen))

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
