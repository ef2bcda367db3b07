import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import { CaseId, type CptsId, newId } from '@maillage/contracts/kit/ids'
import { gpSearches } from '../../src/features/gp-search/gp-search.table.ts'
import { priorityFrom, rankOf } from '../../src/kernel/priority.ts'
import { type CaseRow, cases } from '../../src/kernel/tables/case.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { aPatient } from './a-patient.ts'
import { prepare } from './as-owner.ts'
import { nextReference } from './next-reference.ts'

/** A search for a médecin traitant as it stands in the tables, submitted and P3 unless told otherwise. */
export async function aGpSearch(
  tested: TestApp,
  cptsId: CptsId,
  over: Partial<typeof cases.$inferInsert> & { details?: GpSearchDetails } = {},
): Promise<CaseRow> {
  const { details = {}, ...columns } = over
  const now = tested.deps.now()
  const patient = over.patientId ? null : await aPatient(tested, cptsId)
  const priority = columns.priority ?? priorityFrom({ score: 25, rulesetVersion: 'test', contributions: [] })
  return await prepare(tested, async (tx) => {
    const [row] = await tx
      .insert(cases)
      .values({
        cptsId,
        id: newId(CaseId),
        kind: 'gp-search',
        reference: await nextReference(tx, cptsId, 'MT', 2026),
        status: 'submitted',
        bandRank: rankOf(priority.band),
        score: priority.score,
        priority,
        openedAt: now,
        registeredAt: now,
        statusSince: now,
        clockStartedAt: now,
        // One of the two is there: a patient was made just above when none was given.
        patientId: (patient?.id ?? over.patientId) as CaseRow['patientId'],
        municipalityCode: patient?.municipalityCode ?? '33063',
        channel: 'phone',
        updatedAt: now,
        ...columns,
      })
      .returning()
    if (!row) throw new Error('An inserted case came back empty')
    await tx.insert(gpSearches).values({ cptsId, caseId: row.id, details })
    return row
  })
}
