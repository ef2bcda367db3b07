import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { MoveUnscheduledCare, UnscheduledCareDetails, VisitGp } from '@maillage/contracts/unscheduled-care'
import type { Context } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { beginPart } from '../../kernel/proposals/proposal.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
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
export async function tellVisit(tx: Db, context: Context, row: CaseRow, input: Attendance): Promise<void> {
  const { now } = context
  const { outcome, note } = input
  const { slotId, bookedWithId, details } = await getCareRow(tx, row)
  const { gp, gpId, gpName } = await demandGp(tx, row, input)
  const known = detailsWithGp(details, gp, gpName)
  const told = { outcome, visitNote: note ?? null, visitToldAt: now, visitGp: gp, gpId }
  await updateCare(tx, row, { ...told, details: known })
  if (gp) await recordGp(tx, context, row, { gp, gpId })
  if (slotId) await settlePlace(tx, row, 'attended', now)
  if (gpId && gpId !== bookedWithId) await tellGp(tx, context, row, gpId)
  if (row.requesterId && row.requesterId !== context.actor.accountId)
    await sendNotice(tx, context, {
      kind: 'visit-told',
      to: { accountId: row.requesterId },
      link: { path: '/mes-demandes' },
    })
}

interface SaidGp {
  readonly gp: VisitGp | null
  readonly gpId: PractitionerId | null
  readonly gpName: string | null
}

/** What was said of the médecin traitant, one answer and what belongs to it: nothing else is kept. */
async function demandGp(tx: Db, row: CaseRow, { gp, gpId, gpName }: Attendance): Promise<SaidGp> {
  const said = gp ?? (gpId ? 'in-directory' : null)
  if (said === 'elsewhere') {
    if (!gpName) throw invalidField('/gpName', 'required')
    return { gp: said, gpId: null, gpName }
  }
  if (said !== 'in-directory') return { gp: said, gpId: null, gpName: null }
  if (!gpId) throw invalidField('/gpId', 'required')
  if (!(await isInDirectory(tx, row, gpId))) throw invalidField('/gpId', 'unknown')
  return { gp: said, gpId, gpName: null }
}

/** The request says it as well: a patient who has none may be helped to find one. */
function detailsWithGp(
  details: UnscheduledCareDetails,
  gp: VisitGp | null,
  gpName: string | null,
): UnscheduledCareDetails {
  if (!gp) return details
  const { gpName: before, ...rest } = details
  if (gp === 'none') return { ...rest, hasGp: false }
  const name = gpName ?? before
  return { ...rest, hasGp: true, ...(name ? { gpName: name } : {}) }
}

const events = { 'in-directory': 'gp-told', elsewhere: 'gp-elsewhere', none: 'gp-none' } as const

/** Who said it, and when, in the story of the request and in the journal. */
async function recordGp(
  tx: Db,
  context: Context,
  row: CaseRow,
  { gp, gpId }: { gp: VisitGp; gpId: PractitionerId | null },
): Promise<void> {
  const { actor, now } = context
  await recordEvent(tx, context, row, { type: 'details', action: events[gp], practitionerId: gpId })
  await recordAudit(tx, actor, { action: `visit.${events[gp]}`, at: now, caseId: row.id, patientId: row.patientId })
}

async function tellGp(tx: Db, context: Context, row: CaseRow, gpId: PractitionerId): Promise<void> {
  await beginPart(tx, context, row, gpId, 'gp')
  await sendNotice(tx, context, {
    kind: 'visit-told-gp',
    to: { practitionerId: gpId },
    link: { path: '/retours' },
  })
}
