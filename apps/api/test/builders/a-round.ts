import { type CaseId, type CptsId, newId, newRowId, type PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { cases } from '../../src/kernel/tables/case.table.ts'
import { intakeCapacities } from '../../src/kernel/tables/practitioner.table.ts'
import { type ProposalRow, proposals } from '../../src/kernel/tables/proposal.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from './as-owner.ts'

/** Places that a practitioner declared, in their first period. */
export const somePlaces = async (
  tested: TestApp,
  cptsId: CptsId,
  practitionerId: PractitionerId,
  places: number | null,
  over: Partial<typeof intakeCapacities.$inferInsert> = {},
): Promise<void> => {
  const declaredAt = places === null ? null : tested.deps.now()
  const capacity = { cptsId, practitionerId, places, declaredAt, ...over }
  await prepare(tested, (tx) => tx.insert(intakeCapacities).values(capacity))
}

/** Pending proposals of a case to each of these, sent together and running for a day unless told otherwise. */
export async function aRound(
  tested: TestApp,
  cptsId: CptsId,
  caseId: CaseId,
  practitionerIds: readonly PractitionerId[],
  over: Partial<typeof proposals.$inferInsert> = {},
): Promise<ProposalRow[]> {
  const now = tested.deps.now()
  const roundId = newRowId()
  return await prepare(tested, async (tx) => {
    await tx.update(cases).set({ liveProposals: practitionerIds.length }).where(eq(cases.id, caseId))
    return await tx
      .insert(proposals)
      .values(
        practitionerIds.map((practitionerId, rank) => ({
          cptsId,
          id: newId(ProposalId),
          caseId,
          roundId,
          mode: 'broadcast' as const,
          rank,
          practitionerId,
          status: 'pending' as const,
          createdAt: now,
          sentAt: now,
          expiresAt: new Date(now.getTime() + 86_400_000),
          updatedAt: now,
          ...over,
        })),
      )
      .returning()
  })
}
