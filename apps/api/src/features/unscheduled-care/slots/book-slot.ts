import type { PractitionerId, SlotId } from '@maillage/contracts/kit/ids'
import type { Context } from '../../../kernel/context.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { giveBack, takePlace } from '../../../kernel/slots/slot.store.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField } from '../../../platform/problem-error.ts'

/** The slot's place becomes the appointment's: of two who want the last one, one is told `slot-taken` and books nothing. */
export async function bookSlot(
  tx: Db,
  context: Context,
  row: CaseRow,
  wanted: { slotId: SlotId; practitionerId: PractitionerId; at: Date },
): Promise<void> {
  const { slotId, practitionerId, at } = wanted
  const taken = await takePlace(tx, context, row, slotId, null)
  const isTheSame = taken.practitionerId === practitionerId && taken.startsAt.getTime() === at.getTime()
  if (!isTheSame) throw invalidField('/slotId', 'mismatch')
  await sendNotice(tx, context, {
    kind: 'slot-booked',
    to: { practitionerId },
    link: { path: '/mes-creneaux' },
    about: row.id,
  })
}

/** The appointment is undone: its slot is free again, and whoever kept it is told, unless it was their doing. */
export async function freeSlot(tx: Db, context: Context, row: CaseRow, practitionerId: PractitionerId): Promise<void> {
  await giveBack(tx, row, context.now)
  if (context.actor.role === 'practitioner' && context.actor.practitionerId === practitionerId) return
  await sendNotice(tx, context, {
    kind: 'slot-freed',
    to: { practitionerId },
    link: { path: '/mes-creneaux' },
    about: row.id,
  })
}
