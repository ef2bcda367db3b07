import type { CptsId, PractitionerId, SlotId } from '@maillage/contracts/kit/ids'
import { newId, SlotId as SlotIds } from '@maillage/contracts/kit/ids'
import { type SlotRow, slots } from '../../src/kernel/slots/slot.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from './as-owner.ts'

/** A slot of a quarter of an hour at the practice, shown to everybody, unless told otherwise. */
export async function aSlot(
  tested: TestApp,
  cptsId: CptsId,
  practitionerId: PractitionerId,
  startsAt: Date,
  over: Partial<typeof slots.$inferInsert> = {},
): Promise<SlotRow> {
  const id: SlotId = newId(SlotIds)
  return await prepare(tested, async (tx) => {
    const [row] = await tx
      .insert(slots)
      .values({
        cptsId,
        id,
        practitionerId,
        startsAt,
        endsAt: new Date(startsAt.getTime() + 15 * 60_000),
        mode: 'practice',
        visibility: ['CPTS', 'PRO', 'SNP', 'PUBLIC'],
        createdAt: tested.deps.now(),
        ...over,
      })
      .returning()
    if (!row) throw new Error('An inserted slot came back empty')
    return row
  })
}
