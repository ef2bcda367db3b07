import type { LikenessPart } from '@maillage/contracts/coordination/duplicates'
import { type CptsId, DuplicateId, newId, type PatientId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { patientMatchKeys } from '../../kernel/tables/patient-likeness.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** Two records whose likeness is worth a look, the smaller identifier first. */
export interface SuspectedPair {
  oneId: PatientId
  otherId: PatientId
  score: number
  parts: LikenessPart[]
}

/** Records not compared as they now stand, by their identifiers, behind one. */
export const listToCompare = (tx: Db, cptsId: CptsId, after: string, limit: number): Promise<PatientRow[]> =>
  tx
    .select()
    .from(patients)
    .where(
      and(
        eq(patients.cptsId, cptsId),
        sql`${patients.mergedIntoId} is null and ${patients.comparedVersion} is distinct from ${patients.version}`,
        sql`${patients.id} > ${after}::uuid`,
      ),
    )
    .orderBy(patients.id)
    .limit(limit)

export async function readRecords(
  tx: Db,
  cptsId: CptsId,
  ids: readonly PatientId[],
): Promise<Map<PatientId, PatientRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.cptsId, cptsId), inArray(patients.id, [...ids])))
  return new Map(rows.map((row) => [row.id, row]))
}

type Key = { key: string; patientId: PatientId }

/** Replaces the keys of these records: two statements whatever their number. */
export async function writeKeys(
  tx: Db,
  cptsId: CptsId,
  ids: readonly PatientId[],
  keys: readonly Key[],
): Promise<void> {
  await tx
    .delete(patientMatchKeys)
    .where(and(eq(patientMatchKeys.cptsId, cptsId), inArray(patientMatchKeys.patientId, [...ids])))
  await queryRows(tx, {
    name: 'write_match_keys',
    text: `insert into patient_match_keys (cpts_id, key, patient_id) select $1, * from unnest($2::text[], $3::uuid[])`,
    values: [cptsId, keys.map(({ key }) => key), keys.map(({ patientId }) => patientId)],
  })
}

// A phone that a whole residence gives, a name that a whole valley bears: so many are looked at, and no more.
const mostOfKey = 100

const nearText = `select distinct k.patient_id as "patientId", near.patient_id as "nearId"
from unnest($2::text[], $3::uuid[]) k(key, patient_id)
cross join lateral (
  select m.patient_id from patient_match_keys m where m.cpts_id = $1 and m.key = k.key order by m.patient_id limit ${mostOfKey}
) near where near.patient_id <> k.patient_id`

/** Who shares a key with these, by range of the keys' index. */
export const listNear = (
  tx: Db,
  cptsId: CptsId,
  keys: readonly Key[],
): Promise<{ patientId: PatientId; nearId: PatientId }[]> =>
  queryRows(tx, {
    name: 'near_match_keys',
    text: nearText,
    values: [cptsId, keys.map(({ key }) => key), keys.map(({ patientId }) => patientId)],
  })

const sameNumberText = `select one.patient_id as "patientId", other.patient_id as "nearId"
from patient_identities one join patient_identities other on other.cpts_id = $1 and other.digest = one.digest
  and other.patient_id <> one.patient_id
where one.cpts_id = $1 and one.patient_id = any($2::uuid[])`

/** Who bears the same national health number as these: told by its digest, without opening any. */
export const listSameNumber = (
  tx: Db,
  cptsId: CptsId,
  ids: readonly PatientId[],
): Promise<{ patientId: PatientId; nearId: PatientId }[]> =>
  queryRows(tx, { name: 'near_same_number', text: sameNumberText, values: [cptsId, [...ids]] })

// What somebody decided stays decided; a pair that only the search told follows what it now finds.
const dropText = `delete from duplicate_pairs d where d.cpts_id = $1 and d.status = 'suspected'
  and (d.one_id = any($2::uuid[]) or d.other_id = any($2::uuid[]))
  and not exists (select from unnest($3::uuid[], $4::uuid[]) k(one_id, other_id)
    where k.one_id = d.one_id and k.other_id = d.other_id)`
const keepText = `insert into duplicate_pairs (cpts_id, id, one_id, other_id, status, score, parts, found_at)
select $1, n.id, n.one_id, n.other_id, 'suspected', n.score, n.parts, $7
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::jsonb[]) n(id, one_id, other_id, score, parts)
on conflict (cpts_id, one_id, other_id) do update set score = excluded.score, parts = excluded.parts,
  version = duplicate_pairs.version + 1
where duplicate_pairs.status = 'suspected' and duplicate_pairs.parts is distinct from excluded.parts`

/** The suspected pairs of these records are those found now: what is no more alike leaves, what was decided stays. */
export async function replacePairs(
  tx: Db,
  { cptsId, now }: { cptsId: CptsId; now: Date },
  found: readonly PatientRow[],
  pairs: readonly SuspectedPair[],
): Promise<void> {
  const ones = pairs.map(({ oneId }) => oneId)
  const others = pairs.map(({ otherId }) => otherId)
  const ids = found.map(({ id }) => id)
  await queryRows(tx, { name: 'drop_pairs', text: dropText, values: [cptsId, ids, ones, others] })
  if (pairs.length === 0) return
  await queryRows(tx, {
    name: 'keep_pairs',
    text: keepText,
    values: [
      cptsId,
      pairs.map(() => newId(DuplicateId)),
      ones,
      others,
      pairs.map(({ score }) => score),
      pairs.map(({ parts }) => JSON.stringify(parts)),
      now,
    ],
  })
}

/** They were compared as they were read: whoever was corrected in between is compared again. */
export async function markCompared(tx: Db, cptsId: CptsId, found: readonly PatientRow[]): Promise<void> {
  await queryRows(tx, {
    name: 'mark_compared',
    text: `update patients p set compared_version = n.version from unnest($2::uuid[], $3::int[]) n(id, version)
      where p.cpts_id = $1 and p.id = n.id`,
    values: [cptsId, found.map(({ id }) => id), found.map(({ version }) => version)],
  })
}

/** A case that was being opened for a record while it was merged comes after it. */
export async function moveStrays(tx: Db, cptsId: CptsId): Promise<void> {
  await queryRows(tx, {
    name: 'move_strays',
    text: `update cases c set patient_id = p.merged_into_id, version = c.version + 1
      from patients p where p.cpts_id = $1 and p.merged_into_id is not null
      and c.cpts_id = $1 and c.patient_id = p.id`,
    values: [cptsId],
  })
}
