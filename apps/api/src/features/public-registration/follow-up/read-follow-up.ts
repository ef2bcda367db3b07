import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import { getCase } from '../../../kernel/case.store.ts'
import { findPatient, type PatientRow } from '../../../kernel/patients/patient.store.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { type CurrentNotice, currentNotice } from '../notice/notice.store.ts'
import { ownActor, type PublicDeps } from '../public-deps.ts'
import { findRegistration, listConsents, type Registration, type RowKey } from '../registration.store.ts'
import { getDesk, type Place, type PublicDesk, placesOf } from '../territory.store.ts'

type OwnSearch = Awaited<ReturnType<PublicDeps['searches']['read']>>

/** All that a page of the follow-up may show; what doctors answered is not among it. */
export interface FollowUp {
  readonly registration: Registration
  readonly row: CaseRow
  readonly patient: PatientRow
  readonly search: OwnSearch
  readonly consents: Awaited<ReturnType<typeof listConsents>>
  readonly notice: CurrentNotice
  readonly desk: PublicDesk
  readonly places: readonly Place[]
  readonly timeZone: string
}

/** Reads a request for its author, who has shown their link and their birth date. */
export function readFollowUp(deps: PublicDeps, key: RowKey): Promise<FollowUp | undefined> {
  return deps.db.read(key.cptsId, async (db) => {
    const registration = await findRegistration(db, key)
    const own = registration && (await ownSearch(deps, db, ownActor(key.cptsId, ''), registration))
    if (!registration || !own) return undefined
    const search = await deps.searches.read(db, own.row, own.patient.id)
    return {
      ...{ registration, ...own, search },
      consents: await listConsents(db, key),
      ...(await readSurroundings(db, key.cptsId)),
    }
  })
}

/** Whose request it is, and their search as it stands now; undefined until it is confirmed. */
export async function ownSearch(
  { searches }: PublicDeps,
  db: Db,
  actor: Actor,
  { cptsId, patientId }: Registration,
): Promise<{ row: CaseRow; patient: PatientRow } | undefined> {
  const own = patientId ? await searches.find(db, { cptsId, patientId }) : undefined
  if (!own) return undefined
  const row = await getCase(db, actor, { id: own.caseId, kind: 'gp-search' })
  const patient = await findPatient(db, { actor }, own.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  return { row, patient }
}

const readSurroundings = async (db: Db, cptsId: CptsId) => ({
  notice: await currentNotice(db, cptsId),
  desk: await getDesk(db, cptsId),
  places: await placesOf(db, cptsId),
  timeZone: (await loadCalendar(db, cptsId)).timeZone,
})
