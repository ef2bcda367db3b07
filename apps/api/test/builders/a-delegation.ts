import { type CptsId, DelegationId, newId, type PractitionerId } from '@maillage/contracts/kit/ids'
import { type DelegationRight, delegationRights } from '@maillage/contracts/roles'
import { eq } from 'drizzle-orm'
import { memberships } from '../../src/kernel/tables/cpts.table.ts'
import { delegations } from '../../src/kernel/tables/delegation.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { someoneWho } from './accounts.ts'
import { prepare } from './as-owner.ts'

type Secretary = Awaited<ReturnType<typeof someoneWho>> & { delegations: readonly DelegationId[] }

/** A secretary, signed in, who acts for these practitioners with these rights: all of them unless told otherwise. */
export async function aSecretary(
  tested: TestApp,
  cptsId: CptsId,
  practitionerIds: readonly PractitionerId[],
  rights: readonly DelegationRight[] = delegationRights,
): Promise<Secretary> {
  const now = tested.deps.now()
  const secretary = await someoneWho(tested, { cptsId, role: 'secretary' })
  const ids = practitionerIds.map(() => newId(DelegationId))
  await prepare(tested, async (tx) => {
    for (const [index, practitionerId] of practitionerIds.entries()) {
      const id = ids[index] ?? newId(DelegationId)
      await tx.insert(delegations).values({
        cptsId,
        id,
        practitionerId,
        email: `${secretary.membershipId}@essai.example`,
        displayName: 'Sacha Essai',
        rights: [...rights],
        membershipId: secretary.membershipId,
        invitedAt: now,
        expiresAt: now,
        acceptedAt: now,
      })
    }
  })
  return { ...secretary, delegations: ids }
}

/** What happens around a practitioner's delegations. */
export const aDelegationOf = (
  tested: TestApp,
  practitionerId: PractitionerId,
): { practitionerLeaves: () => Promise<void> } => ({
  practitionerLeaves: async () => {
    await prepare(tested, (tx) =>
      tx.update(memberships).set({ endedAt: tested.deps.now() }).where(eq(memberships.practitionerId, practitionerId)),
    )
  },
})
