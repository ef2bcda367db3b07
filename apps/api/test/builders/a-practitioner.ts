import { foldName } from '@maillage/contracts/kit/identifiers'
import { type CptsId, newId, PractitionerId } from '@maillage/contracts/kit/ids'
import { practitioners } from '../../src/kernel/tables/practitioner.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from './as-owner.ts'

/** An entry of the directory: a general practitioner in Bordeaux unless told otherwise. */
export async function aPractitioner(
  tested: TestApp,
  cptsId: CptsId,
  over: Partial<typeof practitioners.$inferInsert> = {},
): Promise<PractitionerId> {
  const now = tested.deps.now()
  const id = newId(PractitionerId)
  const { lastName = 'Essai', firstName = 'Alix' } = over
  await prepare(tested, (tx) =>
    tx.insert(practitioners).values({
      cptsId,
      id,
      lastName,
      firstName,
      displayName: `Dr ${firstName} ${lastName}`,
      profession: 'physician',
      isGeneralPractitioner: true,
      municipalityCode: '33063',
      search: foldName(`${lastName} ${firstName}`),
      createdAt: now,
      updatedAt: now,
      ...over,
    }),
  )
  return over.id ?? id
}
