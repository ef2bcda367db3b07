import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Context } from '../../../kernel/context.ts'
import { touchCase } from '../../../kernel/move-case.ts'
import { findPatient } from '../../../kernel/patients/patient.store.ts'
import { rankOf } from '../../../kernel/priority.ts'
import { acceptedOf, followHouseholdSize } from '../../../kernel/proposals/household-places.ts'
import { tellFewer } from '../../../kernel/proposals/tell-let-go.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField } from '../../../platform/problem-error.ts'
import { getSearchRow, updateSearch } from '../gp-search.store.ts'
import { rescore } from '../score-search.ts'
import { deleteMembers, listMembers, renameSearch, type Searcher } from './household.store.ts'

/** Everybody of a search, whom it is opened for first; each with their own seniority. */
export async function searchersOf(tx: Db, row: CaseRow): Promise<[Searcher, ...Searcher[]]> {
  const { details } = await getSearchRow(tx, row)
  const members = await listMembers(tx, row)
  return [
    { patientId: row.patientId, details, registeredAt: row.registeredAt, ownCaseId: null },
    ...members.map(({ patientId, details: theirs, registeredAt, ownCaseId }) => ({
      patientId,
      details: theirs,
      registeredAt: registeredAt ?? row.registeredAt,
      ownCaseId,
    })),
  ]
}

/** The number of people, and what follows from it: the points of who needs it most, the places, the offers read. */
export async function resizeSearch(
  tx: Db,
  context: Context,
  row: CaseRow,
  { size, audit, registeredAt }: { size: number; audit: string; registeredAt?: Date },
): Promise<CaseRow> {
  const patient = await findPatient(tx, context, row.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  const aged = { ...row, registeredAt: registeredAt ?? row.registeredAt }
  const priority = await rescore(tx, context, aged, patient)
  const patch = { priority, score: priority.score, bandRank: rankOf(priority.band), householdSize: size }
  const { municipalityCode } = patient
  await followHouseholdSize(tx, context, { ...row, householdSize: size })
  return touchCase(tx, context, row, { ...patch, municipalityCode, registeredAt: aged.registeredAt }, audit)
}

/**
 * Some people leave a household's search, which goes on for the others: under the name of the oldest of them when the
 * one it was opened for leaves. Places are given back, and what was offered is read again.
 */
export async function leaveHousehold(
  tx: Db,
  context: Context,
  row: CaseRow,
  ids: readonly PatientId[],
): Promise<{ row: CaseRow; left: Searcher[] }> {
  const people = await searchersOf(tx, row)
  const left = people.filter(({ patientId }) => ids.includes(patientId))
  const staying = people.filter(({ patientId }) => !ids.includes(patientId))
  if (left.length !== new Set(ids).size) throw invalidField('/patientIds', 'not-in-household')
  const [first] = staying
  if (!first) throw invalidField('/patientIds', 'everyone')
  let named = row
  if (first.patientId !== row.patientId) {
    await renameSearch(tx, row, first.patientId)
    await updateSearch(tx, row, { details: first.details })
    named = { ...row, patientId: first.patientId }
  }
  await deleteMembers(tx, row, [first.patientId, ...ids])
  await tellFewer(tx, context, await acceptedOf(tx, row))
  const after = await resizeSearch(tx, context, named, { size: staying.length, audit: 'gp-search.household-left' })
  return { row: after, left }
}
