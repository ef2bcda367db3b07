import type { CptsId, HouseholdId, PatientId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray } from 'drizzle-orm'
import { households, patients } from '../../kernel/tables/patient.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

export async function insertHousehold(tx: Db, household: typeof households.$inferInsert): Promise<void> {
  await tx.insert(households).values(household)
}

/** They live there from now on; nowhere with others when null. */
export async function setHousehold(
  tx: Db,
  cptsId: CptsId,
  ids: readonly PatientId[],
  householdId: HouseholdId | null,
): Promise<void> {
  await tx
    .update(patients)
    .set({ householdId })
    .where(and(eq(patients.cptsId, cptsId), inArray(patients.id, [...ids])))
}

/** Everybody of one household joins another. */
export async function moveHousehold(
  tx: Db,
  cptsId: CptsId,
  { from, to }: { from: HouseholdId; to: HouseholdId },
): Promise<void> {
  await tx
    .update(patients)
    .set({ householdId: to })
    .where(and(eq(patients.cptsId, cptsId), eq(patients.householdId, from)))
}

const togetherText = `select c.reference from cases c
where c.cpts_id = $1 and c.patient_id = $2 and c.is_open and c.household_size > 1
union
select c.reference from gp_search_members m join cases c on c.cpts_id = $1 and c.id = m.case_id
where m.cpts_id = $1 and m.patient_id = $2 and c.is_open`

/** The open searches that this patient shares with others. */
export async function listTogether(db: Db, cptsId: CptsId, id: PatientId): Promise<string[]> {
  const rows = await queryRows<{ reference: string }>(db, {
    name: 'searches_together',
    text: togetherText,
    values: [cptsId, id],
  })
  return rows.map(({ reference }) => reference)
}
