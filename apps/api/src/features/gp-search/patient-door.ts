import type { Consent } from '@maillage/contracts/cases'
import type { GpSearchDetails, missingInformation } from '@maillage/contracts/gp-search'
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

async function openOwn(
  tx: Db,
  context: Context,
  asked: { patient: PatientDetails; details: GpSearchDetails; consent: z.infer<typeof Consent> },
): Promise<CaseRow> {
  return openGpSearchIn(tx, context, { ...asked, channel: 'public', submit: true })
}

async function readOwn(db: Db, row: CaseRow): Promise<OwnSearch> {
  const { details, missing, visitAt } = await getSearchRow(db, row)
  return { details, missing, visitAt }
}

/** Replaces the details, and computes the priority anew. */
async function changeOwn(tx: Db, context: Context, row: CaseRow, details: GpSearchDetails): Promise<CaseRow> {
  await updateSearch(tx, row, { details })
  const patient = await findPatient(tx, context, row.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  const priority = await rescore(tx, context, row, patient)
  await recordEvent(tx, context, row, { type: 'details', action: 'change-details-online' })
  const patch = { priority, score: priority.score, bandRank: rankOf(priority.band) }
  return touchCase(tx, context, row, patch, 'gp-search.change-details-online')
}

const confirmOwn = (tx: Db, context: Context, row: CaseRow): Promise<CaseRow> =>
  revalidationDoor.confirm(tx, context, row, context.now)

async function withdrawOwn(tx: Db, context: Context, row: CaseRow): Promise<CaseRow> {
  return moveGpSearchIn(tx, context, row.id, { action: 'close', reason: 'withdrawn', version: row.version })
}

/**
 * What somebody may do with their own search on the public pages, under the system's name: handed over by the app to the
 * slice of these pages, which knows no other slice.
 */
export const patientDoor = {
  open: openOwn,
  read: readOwn,
  change: changeOwn,
  withdraw: withdrawOwn,
  confirm: confirmOwn,
}
