import {
  type HealthIdAuthority,
  healthIdAuthorities,
  type IdentityStatus,
  type NationalHealthId,
} from '@maillage/contracts/coordination/patient-identity'
import type { AccountId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import type { FieldCipher, FieldPlace } from '../../platform/crypto/field-cipher.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { patientIdentities } from '../tables/patient-identity.table.ts'

/** What keeps national health numbers: the cipher of this process, and whose numbers this installation takes. */
export interface IdentityDeps {
  readonly fieldCipher: FieldCipher
  readonly acceptedHealthIds: readonly HealthIdAuthority[]
}

/** A demo takes invented numbers alone, and real work real ones alone. */
export function acceptedAuthorities(place: { isDemo: boolean; isProduction: boolean }): readonly HealthIdAuthority[] {
  if (place.isDemo) return ['test']
  return healthIdAuthorities.filter((authority) => !place.isProduction || authority !== 'test')
}

type PatientKey = { cptsId: CptsId; patientId: PatientId }
export type IdentityRow = typeof patientIdentities.$inferSelect

/** The column that is sealed, as its seal names it: renaming either needs a new sealing. */
export const numberField = 'patient_identities.sealed_number'

/** Where a number stands: sealed for that patient of that CPTS, and for nobody else. */
export const placeOf = ({ cptsId, patientId }: PatientKey): FieldPlace => ({
  cptsId,
  field: numberField,
  rowId: patientId,
})

/** What is recorded of somebody's identity, replaced whole; a number goes with a qualified identity and no other. */
export async function writeIdentity(
  tx: Db,
  cipher: FieldCipher,
  key: PatientKey,
  said: { status: IdentityStatus; nationalHealthId?: NationalHealthId | undefined },
  by: { now: Date; accountId: AccountId | null },
): Promise<void> {
  const { status, nationalHealthId } = said
  const kept = nationalHealthId && (await cipher.seal(tx, placeOf(key), nationalHealthId.number))
  const row = {
    status,
    authority: nationalHealthId?.authority ?? null,
    sealedNumber: kept?.sealed ?? null,
    digest: kept?.digest ?? null,
    keyVersion: kept?.keyVersion ?? null,
    recordedAt: by.now,
    recordedBy: by.accountId,
  }
  await tx
    .insert(patientIdentities)
    .values({ ...key, ...row })
    .onConflictDoUpdate({ target: [patientIdentities.cptsId, patientIdentities.patientId], set: row })
}

/** The number in clear, or null where none is recorded. */
export async function openNumber(db: Db, cipher: FieldCipher, row: IdentityRow | undefined): Promise<string | null> {
  if (!row?.sealedNumber || row.keyVersion === null) return null
  return await cipher.open(db, placeOf(row), { keyVersion: row.keyVersion, sealed: row.sealedNumber })
}

const ofPatient = ({ cptsId, patientId }: PatientKey) =>
  and(eq(patientIdentities.cptsId, cptsId), eq(patientIdentities.patientId, patientId))

// Whatever was merged into a record speaks for the same person.
const person = `with recursive person as (
  select $2::uuid as id
  union select p.id from person k join patients p on p.cpts_id = $1 and p.merged_into_id = k.id)`
// The last word given counts.
const identityText = `${person}
select i.patient_id as id from patient_identities i where i.cpts_id = $1 and i.patient_id = any(array(select id from person))
order by i.recorded_at desc, (i.patient_id <> $2) limit 1`

/** What is recorded of somebody's identity: on their record, else on one that was merged into it. */
export async function readIdentity(db: Db, { cptsId, patientId }: PatientKey): Promise<IdentityRow | undefined> {
  const values = [cptsId, patientId]
  const [found] = await queryRows<{ id: PatientId }>(db, { name: 'identity_of_person', text: identityText, values })
  if (!found) return undefined
  const [row] = await db
    .select()
    .from(patientIdentities)
    .where(ofPatient({ cptsId, patientId: found.id }))
  return row
}

const forgetText = `${person} update patient_identities set status = 'provisional', authority = null, sealed_number = null,
  digest = null, key_version = null, recorded_at = $3
where cpts_id = $1 and patient_id = any(array(select id from person)) and status <> 'provisional'`

/** Forgets what is recorded of somebody's identity, on each of their records: it is to be qualified again. */
export async function disqualify(tx: Db, { cptsId, patientId }: PatientKey, now: Date): Promise<void> {
  await queryRows(tx, { name: 'disqualify_identity', text: forgetText, values: [cptsId, patientId, now] })
}

const bearersText = `with recursive bearer as (
  select p.id, p.merged_into_id from patient_identities i join patients p on p.cpts_id = $1 and p.id = i.patient_id
    where i.cpts_id = $1 and i.digest = any($2::text[])
  union select p.id, p.merged_into_id from bearer b join patients p on p.cpts_id = $1 and p.id = b.merged_into_id)
select id from bearer where merged_into_id is null order by id limit 20`

/** Whose number this is: by its digests, so that no number is opened to look for one. */
export async function findByHealthNumber(
  db: Db,
  cipher: FieldCipher,
  cptsId: CptsId,
  number: string,
): Promise<PatientId[]> {
  const place = { cptsId, field: numberField }
  let digests = await cipher.digests(db, place, number)
  for (;;) {
    const values = [cptsId, digests]
    const rows = await queryRows<{ id: PatientId }>(db, { name: 'bearers_of_number', text: bearersText, values })
    const now = await cipher.digests(db, place, number)
    // A key made since may have taken the number along, under a digest that was not looked for.
    if (now.at(-1) === digests.at(-1)) return rows.map(({ id }) => id)
    digests = now
  }
}
