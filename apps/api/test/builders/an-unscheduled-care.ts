import { CaseId, type CptsId, newId } from '@maillage/contracts/kit/ids'
import { priorityOf } from '../../src/features/unscheduled-care/score-care.ts'
import { unscheduledCares } from '../../src/features/unscheduled-care/unscheduled-care.table.ts'
import { loadCalendar } from '../../src/kernel/calendar.store.ts'
import { rankOf } from '../../src/kernel/priority.ts'
import { type CaseRow, cases } from '../../src/kernel/tables/case.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { aPatient } from './a-patient.ts'
import { prepare } from './as-owner.ts'
import { nextReference } from './next-reference.ts'

type Care = Partial<typeof unscheduledCares.$inferInsert>

/** A request for unscheduled care as it stands in the tables, submitted and not triaged unless told otherwise. */
export async function anUnscheduledCare(
  tested: TestApp,
  cptsId: CptsId,
  over: Partial<typeof cases.$inferInsert> & { care?: Care } = {},
): Promise<CaseRow> {
  const { care = {}, ...columns } = over
  const now = tested.deps.now()
  const patient = over.patientId ? null : await aPatient(tested, cptsId)
  return await prepare(tested, async (tx) => {
    const { status = 'submitted', clockStartedAt = now } = columns
    const scored = { level: care.level ?? null, basis: care.basis ?? null, isTriaged: status !== 'submitted' }
    const calendar = await loadCalendar(tx, cptsId)
    const priority = priorityOf({ now, calendar }, { ...scored, clockStartedAt })
    const [row] = await tx
      .insert(cases)
      .values({
        cptsId,
        id: newId(CaseId),
        kind: 'unscheduled-care',
        reference: await nextReference(tx, cptsId, 'SNP', 2026),
        status,
        bandRank: rankOf(priority.band),
        score: priority.score,
        priority,
        openedAt: clockStartedAt,
        registeredAt: clockStartedAt,
        statusSince: now,
        clockStartedAt,
        // One of the two is there: a patient was made just above when none was given.
        patientId: (patient?.id ?? over.patientId) as CaseRow['patientId'],
        municipalityCode: patient?.municipalityCode ?? '33063',
        channel: 'phone',
        updatedAt: now,
        ...columns,
      })
      .returning()
    if (!row) throw new Error('An inserted case came back empty')
    const details = { reason: 'Fièvre depuis hier' }
    await tx.insert(unscheduledCares).values({ cptsId, caseId: row.id, details, ...care })
    return row
  })
}
