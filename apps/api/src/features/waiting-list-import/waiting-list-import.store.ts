import type { CptsId } from '@maillage/contracts/kit/ids'
import { type PatientDetails, sexes } from '@maillage/contracts/patients'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { traitsKey } from '../../kernel/patients/patient-traits.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import type { Db } from '../../platform/db/database.ts'

export type KnownSearch = { reference: string; isOpen: boolean }

/**
 * The search of the same person in this CPTS, open or ended: same birth name, first name and birth date, and the sex,
 * unless one of the two does not tell it. An ended search counts: a list given again must not open it anew.
 */
export async function findKnownSearch(
  db: Db,
  cptsId: CptsId,
  patient: PatientDetails,
): Promise<KnownSearch | undefined> {
  const possible = patient.sex === 'unknown' ? sexes : [patient.sex, 'unknown' as const]
  const [found] = await db
    .select({ reference: cases.reference, isOpen: cases.isOpen })
    .from(patients)
    .innerJoin(
      cases,
      and(eq(cases.cptsId, patients.cptsId), eq(cases.patientId, patients.id), eq(cases.kind, 'gp-search')),
    )
    .where(
      and(
        eq(patients.cptsId, cptsId),
        inArray(
          patients.traits,
          possible.map((sex) => traitsKey({ ...patient, sex })),
        ),
      ),
    )
    .orderBy(desc(cases.isOpen), desc(cases.openedAt))
    .limit(1)
  return found
}
