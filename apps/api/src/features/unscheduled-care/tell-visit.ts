import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { MoveUnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type { Context } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { beginPart } from '../../kernel/proposals/proposal.store.ts'
import { settlePlace } from '../../kernel/slots/slot.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { getCareRow, isInDirectory, updateCare } from './unscheduled-care.store.ts'

type Attendance = Extract<MoveUnscheduledCare, { action: 'attend' }>

/**
 * What the visit gave: where the patient goes from here, and a few words. The médecin traitant, when named, reads the
 * request from then on and is told that something is there; so is whoever asked. No message says what.
 */
export async function tellVisit(
  tx: Db,
  context: Context,
  row: CaseRow,
  { outcome, note, gpId }: Attendance,
): Promise<void> {
  const { now } = context
  const { slotId, bookedWithId } = await getCareRow(tx, row)
  if (gpId && !(await isInDirectory(tx, row, gpId))) throw invalidField('/gpId', 'unknown')
  await updateCare(tx, row, { outcome, visitNote: note ?? null, visitToldAt: now, gpId: gpId ?? null })
  if (slotId) await settlePlace(tx, row, 'attended', now)
  if (gpId && gpId !== bookedWithId) await tellGp(tx, context, row, gpId)
  if (row.requesterId && row.requesterId !== context.actor.accountId)
    await sendNotice(tx, context, {
      kind: 'visit-told',
      to: { accountId: row.requesterId },
      link: { path: '/mes-demandes' },
    })
}

async function tellGp(tx: Db, context: Context, row: CaseRow, gpId: PractitionerId): Promise<void> {
  await beginPart(tx, context, row, gpId, 'gp')
  await sendNotice(tx, context, {
    kind: 'visit-told-gp',
    to: { practitionerId: gpId },
    link: { path: '/retours' },
  })
}
