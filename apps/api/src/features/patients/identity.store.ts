import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { and, eq, sql } from 'drizzle-orm'
import { patients } from '../../kernel/tables/patient.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** Raises a record's version when it is the one seen; undefined when it is stale. */
export async function raiseVersion(
  tx: Db,
  seen: { cptsId: CptsId; id: PatientId; version: number },
  now: Date,
): Promise<number | undefined> {
  const { cptsId, id, version } = seen
  const [row] = await tx
    .update(patients)
    .set({ version: sql`${patients.version} + 1`, updatedAt: now })
    .where(and(eq(patients.cptsId, cptsId), eq(patients.id, id), eq(patients.version, version)))
    .returning({ version: patients.version })
  return row?.version
}
