import type { Consent } from '@maillage/contracts/cases'
import type { GpSearchDetails, missingInformation } from '@maillage/contracts/gp-search'
import type { PatientId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import type { z } from 'zod'
import type { Context } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import { rankOf } from '../../kernel/priority.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { getSearchRow, updateSearch } from './gp-search.store.ts'
import { ownSearchOf } from './household/household.store.ts'
import { changeOwnDetails, moveAlone, ownDetailsOf } from './household/own-part.ts'
import { moveGpSearchIn } from './move-gp-search.ts'
import { openGpSearchIn } from './open-gp-search.ts'
import { revalidationDoor } from './revalidation-door.ts'
import { rescore } from './score-search.ts'

/** What a patient reads of their own search: never a doctor's answer. */
export interface OwnSearch {
  readonly details: GpSearchDetails
  readonly missing: readonly (typeof missingInformation)[number][]
  readonly visitAt: Date | null
}

/** Somebody in a search, that of their household or their own. */
interface OwnPart {
  readonly row: CaseRow
  readonly patientId: PatientId
}

async function openOwn(
  tx: Db,
  context: Context,
  asked: { patient: PatientDetails; details: GpSearchDetails; consent: z.infer<typeof Consent> },
): Promise<CaseRow> {
  return openGpSearchIn(tx, context, { ...asked, channel: 'public', submit: true })
}

async function readOwn(db: Db, row: CaseRow, patientId: PatientId): Promise<OwnSearch> {
  const { missing, visitAt } = await getSearchRow(db, row)
  return { details: await ownDetailsOf(db, row, patientId), missing, visitAt }
}

/** Replaces what concerns the person, and computes the priority anew. */
async function changeOwn(tx: Db, context: Context, own: OwnPart, details: GpSearchDetails): Promise<CaseRow> {
  const { row, patientId } = own
  await changeOwnDetails(tx, row, patientId, details)
  const patient = await findPatient(tx, context, row.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  const priority = await rescore(tx, context, row, patient)
  await recordEvent(tx, context, row, { type: 'details', action: 'change-details-online' })
  const patch = { priority, score: priority.score, bandRank: rankOf(priority.band) }
  return touchCase(tx, context, row, patch, 'gp-search.change-details-online')
}

const confirmOwn = (tx: Db, context: Context, row: CaseRow): Promise<CaseRow> =>
  revalidationDoor.confirm(tx, context, row, context.now)

/** Somebody withdraws alone, and the others of their household go on; the whole household only where it was asked for. */
function withdrawOwn(tx: Db, context: Context, own: OwnPart, scope: 'patient' | 'household'): Promise<CaseRow> {
  const { row, patientId } = own
  const close = { action: 'close', reason: 'withdrawn' } as const
  // Only whoever the search is opened for speaks for the others.
  if (scope === 'patient' || row.patientId !== patientId) return moveAlone(tx, context, row, patientId, close)
  return moveGpSearchIn(tx, context, row.id, { ...close, scope, version: row.version })
}

/** The agreement is given again: a search that waited for nothing else goes on. */
async function giveConsent(tx: Db, context: Context, row: CaseRow, consent: z.infer<typeof Consent>): Promise<CaseRow> {
  await recordEvent(tx, context, row, { type: 'details', action: 'consent-given-online' })
  const { missing } = await getSearchRow(tx, row)
  const others = missing.filter((what) => what !== 'consent')
  if (row.status === 'info_requested' && others.length === 0)
    return moveGpSearchIn(tx, context, row.id, { action: 'provide-info', consent, version: row.version })
  await updateSearch(tx, row, { missing: others })
  return touchCase(tx, context, row, { consent }, 'gp-search.consent-given-online')
}

/** The agreement is taken back, for this person alone: whoever was asked or had accepted reads them no more. */
async function withdrawConsent(tx: Db, context: Context, { row, patientId }: OwnPart): Promise<CaseRow> {
  await recordEvent(tx, context, row, { type: 'details', action: 'consent-withdrawn-online' })
  return moveAlone(tx, context, row, patientId, { action: 'withdraw-consent' })
}

/**
 * What somebody may do with their own search on the public pages, under the system's name: handed over by the app to the
 * slice of these pages, which knows no other slice.
 */
export const patientDoor = {
  open: openOwn,
  find: ownSearchOf,
  read: readOwn,
  change: changeOwn,
  withdraw: withdrawOwn,
  confirm: confirmOwn,
  giveConsent,
  withdrawConsent,
}
