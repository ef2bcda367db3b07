import { type NewNeed, needProfessions } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import type { CaseId, CptsId, NeedId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { and, eq, max, min, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { rowsOf, runNamed, uuids } from '../../platform/db/named-sql.ts'
import { dischargeNeeds, hospitalDischarges } from './hospital-discharge.table.ts'

const dischargeColumns = rowsOf(hospitalDischarges)
const everyNeedColumn = rowsOf(dischargeNeeds)

export type HospitalDischargeRow = typeof hospitalDischarges.$inferSelect
export type NeedRow = typeof dischargeNeeds.$inferSelect
type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

const ofDischarge = ({ cptsId, id }: CaseKey) =>
  and(eq(hospitalDischarges.cptsId, cptsId), eq(hospitalDischarges.caseId, id))

const ofCase = ({ cptsId, id }: CaseKey) => and(eq(proposals.cptsId, cptsId), eq(proposals.caseId, id))

export async function getDischargeRow(db: Db, key: CaseKey): Promise<HospitalDischargeRow> {
  const [row] = await db.select().from(hospitalDischarges).where(ofDischarge(key))
  if (!row) throw new Error('A hospital-discharge case has no row of its own')
  return row
}

/** The rows of these discharges, by case. One statement. */
export async function dischargeRowsOf(
  db: Db,
  cptsId: CptsId,
  ids: readonly CaseId[],
): Promise<Map<CaseId, HospitalDischargeRow>> {
  const statement = sql`select ${dischargeColumns.columns} from ${hospitalDischarges}
    where ${hospitalDischarges.cptsId} = ${cptsId} and ${hospitalDischarges.caseId} = any(${uuids(ids)})`
  const rows = (await runNamed<Record<string, unknown>>(db, statement)).map(dischargeColumns.toRow)
  return new Map(rows.map((row) => [row.caseId, row]))
}

const needColumns = (need: NewNeed) => ({
  type: need.type,
  label: need.label ?? null,
  frequency: need.frequency ?? null,
  startAt: new Date(need.startAt),
  endAt: need.endAt ? new Date(need.endAt) : null,
  atHome: need.atHome,
  prescriptionAvailable: need.prescriptionAvailable,
  preferredPractitionerId: need.preferredPractitionerId ?? null,
  vital: need.vital,
})

export async function insertDischarge(tx: Db, key: CaseKey, details: HospitalDischargeDetails): Promise<void> {
  await tx.insert(hospitalDischarges).values({
    cptsId: key.cptsId,
    caseId: key.id,
    unitId: details.unitId,
    expectedDischargeAt: new Date(details.expectedDischargeAt),
    details,
  })
}

export async function updateDischarge(tx: Db, key: CaseKey, patch: Partial<HospitalDischargeRow>): Promise<void> {
  await tx.update(hospitalDischarges).set(patch).where(ofDischarge(key))
}

/** The needs of these discharges, each one's in the order in which they were asked for. One statement. */
export async function needsOfAll(db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<NeedRow[]> {
  const { columns, toRow } = everyNeedColumn
  const statement = sql`select ${columns} from ${dischargeNeeds}
    where ${dischargeNeeds.cptsId} = ${cptsId} and ${dischargeNeeds.caseId} = any(${uuids(ids)})
    order by ${dischargeNeeds.caseId}, ${dischargeNeeds.position}, ${dischargeNeeds.id}`
  return (await runNamed<Record<string, unknown>>(db, statement)).map(toRow)
}

/** The needs of a discharge: see `needsOfAll`. */
export const needsOf = (db: Db, { cptsId, id }: CaseKey): Promise<NeedRow[]> => needsOfAll(db, cptsId, [id])

export async function findNeed(db: Db, { cptsId, id }: CaseKey, needId: NeedId): Promise<NeedRow | undefined> {
  const [need] = await db
    .select()
    .from(dischargeNeeds)
    .where(and(eq(dischargeNeeds.cptsId, cptsId), eq(dischargeNeeds.caseId, id), eq(dischargeNeeds.id, needId)))
  return need
}

/** Adds needs behind those that are there. */
export async function insertNeeds(
  tx: Db,
  { cptsId, id }: CaseKey,
  needs: readonly (NewNeed & { id: NeedId })[],
): Promise<void> {
  if (needs.length === 0) return
  const [last] = await tx
    .select({ position: max(dischargeNeeds.position) })
    .from(dischargeNeeds)
    .where(and(eq(dischargeNeeds.cptsId, cptsId), eq(dischargeNeeds.caseId, id)))
  const from = (last?.position ?? 0) + 1
  await tx.insert(dischargeNeeds).values(
    needs.map((need, index) => ({
      cptsId,
      id: need.id,
      caseId: id,
      position: from + index,
      ...needColumns(need),
    })),
  )
}

/** Replaces what was asked for; who covers it stays. */
export const rewriteNeed = (tx: Db, need: NeedRow, asked: NewNeed): Promise<void> =>
  updateNeed(tx, need, needColumns(asked))

export async function updateNeed(tx: Db, need: Pick<NeedRow, 'cptsId' | 'id'>, patch: Partial<NeedRow>): Promise<void> {
  await tx
    .update(dischargeNeeds)
    .set(patch)
    .where(and(eq(dischargeNeeds.cptsId, need.cptsId), eq(dischargeNeeds.id, need.id)))
}

/** Is this practitioner the nurse of the discharge: do they cover a nursing need? Theirs is the follow-up call. */
export const isNurseAmong = ({ practitionerId }: Pick<Actor, 'practitionerId'>, needs: readonly NeedRow[]): boolean =>
  practitionerId !== null &&
  needs.some((need) => need.coveredById === practitionerId && needProfessions[need.type] === 'nurse')

/** The same, asked for one discharge. */
export const isNurseOf = async (db: Db, actor: Pick<Actor, 'practitionerId'>, key: CaseKey): Promise<boolean> =>
  isNurseAmong(actor, await needsOf(db, key))

/** When the first proposal that awaits an answer expires, or the first reconfirmation is due. */
export async function firstAnswerDueOf(db: Db, key: CaseKey): Promise<Date | null> {
  const [pending] = await db
    .select({ at: min(proposals.expiresAt) })
    .from(proposals)
    .where(and(ofCase(key), eq(proposals.status, 'pending')))
  const [moved] = await db
    .select({ at: min(proposals.reconfirmBy) })
    .from(proposals)
    .where(and(ofCase(key), eq(proposals.status, 'accepted'), eq(proposals.reconfirmation, 'pending')))
  const due = [pending?.at, moved?.at].filter((at) => at instanceof Date)
  return due.sort((one, other) => one.getTime() - other.getTime())[0] ?? null
}

interface Ward {
  id: UnitId
  name: string
  organization: string
}

/** Wards in words, by id. */
export async function unitsOf(db: Db, cptsId: CptsId, ids: readonly UnitId[]): Promise<Map<UnitId, Ward>> {
  const rows = await runNamed<Ward>(
    db,
    sql`select u.id, u.name, o.name as organization from organization_units u
      join organizations o on o.cpts_id = ${cptsId} and o.id = u.organization_id
      where u.cpts_id = ${cptsId} and u.id = any(${uuids(ids)})`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

type Entry = Pick<typeof practitioners.$inferSelect, 'id' | 'displayName' | 'practicePhone' | 'rpps'>

/** Who is who in the directory, for those whom a discharge names. */
export async function directoryEntries(db: Db, cptsId: CptsId, ids: readonly PractitionerId[]): Promise<Entry[]> {
  if (ids.length === 0) return []
  return runNamed<Entry>(
    db,
    sql`select id, display_name as "displayName", practice_phone as "practicePhone", rpps from practitioners
      where cpts_id = ${cptsId} and id = any(${uuids([...new Set(ids)])})`,
  )
}

/** Who covers nothing: the columns of a need that opens again. */
export const uncovered = {
  coveredById: null,
  coveredByName: null,
  coveredByPhone: null,
  firstVisitAt: null,
  reconfirmationPending: false,
} as const
