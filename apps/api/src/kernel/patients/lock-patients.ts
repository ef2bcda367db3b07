import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { patients } from '../tables/patient.table.ts'
import type { PatientRow } from './patient.store.ts'

/**
 * These records, held until the end: acts that begin on one of them wait. In the order of their identifiers, so that
 * two acts on the same people never wait for each other in a circle.
 */
export async function lockPatients(
  tx: Db,
  cptsId: CptsId,
  ids: readonly PatientId[],
): Promise<Map<PatientId, PatientRow>> {
  const rows = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.cptsId, cptsId), inArray(patients.id, [...ids])))
    .orderBy(patients.id)
    .for('no key update')
  return new Map(rows.map((row) => [row.id, row]))
}
