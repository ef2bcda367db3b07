import { type NewNeed, needProfessions } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import type { NeedId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gte, inArray, lte, max, min } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import type { CasePatch } from '../../kernel/case.store.ts'
import { type CaseRow, caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { organizations, organizationUnits } from '../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { dischargeNeeds, hospitalDischarges } from './hospital-discharge.table.ts'

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

/** The needs of a discharge, in the order in which they were asked for. */
export const needsOf = (db: Db, { cptsId, id }: CaseKey): Promise<NeedRow[]> =>
  db
    .select()
    .from(dischargeNeeds)
    .where(and(eq(dischargeNeeds.cptsId, cptsId), eq(dischargeNeeds.caseId, id)))
    .orderBy(asc(dischargeNeeds.position), asc(dischargeNeeds.id))

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
export async function isNurseOf(
  db: Db,
  { practitionerId }: Pick<Actor, 'practitionerId'>,
  key: CaseKey,
): Promise<boolean> {
  if (!practitionerId) return false
  const needs = await needsOf(db, key)
  return needs.some((need) => need.coveredById === practitionerId && needProfessions[need.type] === 'nurse')
}

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

/** The ward of a discharge, in words. */
export async function unitOf(
  db: Db,
  { cptsId, unitId }: Pick<HospitalDischargeRow, 'cptsId' | 'unitId'>,
): Promise<{ id: UnitId; name: string; organization: string } | undefined> {
  const [unit] = await db
    .select({ id: organizationUnits.id, name: organizationUnits.name, organization: organizations.name })
    .from(organizationUnits)
    .innerJoin(
      organizations,
      and(eq(organizations.cptsId, organizationUnits.cptsId), eq(organizations.id, organizationUnits.organizationId)),
    )
    .where(and(eq(organizationUnits.cptsId, cptsId), eq(organizationUnits.id, unitId)))
  return unit
}

/** Who is who in the directory, for those whom a discharge names. */
export async function directoryEntries(db: Db, cptsId: CaseRow['cptsId'], ids: readonly PractitionerId[]) {
  if (ids.length === 0) return []
  return db
    .select({
      id: practitioners.id,
      displayName: practitioners.displayName,
      practicePhone: practitioners.practicePhone,
      rpps: practitioners.rpps,
    })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), inArray(practitioners.id, [...new Set(ids)])))
}

/** Who covers nothing: the columns of a need that opens again. */
export const uncovered = {
  coveredById: null,
  coveredByName: null,
  coveredByPhone: null,
  firstVisitAt: null,
  reconfirmationPending: false,
} as const

const notYetHome = ['submitted', 'acknowledged', 'info_requested', 'coordinating', 'partially_covered', 'covered']

/** The open discharges due before an instant, locked: what the passage of time concerns. What somebody works on waits for the next time. */
export const dischargesDueBefore = (tx: Db, cptsId: CaseRow['cptsId'], before: Date) =>
  tx
    .select({ row: cases, discharge: hospitalDischarges })
    .from(hospitalDischarges)
    .innerJoin(
      cases,
      and(eq(cases.cptsId, hospitalDischarges.cptsId), eq(cases.id, hospitalDischarges.caseId), cases.isOpen),
    )
    .where(
      and(
        eq(hospitalDischarges.cptsId, cptsId),
        lte(hospitalDischarges.expectedDischargeAt, before),
        inArray(cases.status, notYetHome),
      ),
    )
    .orderBy(asc(hospitalDischarges.expectedDischargeAt), asc(cases.id))
    .for('update', { of: cases, skipLocked: true })

/** A priority that only time changed: no act, hence no version, and nobody's open page becomes stale. */
export async function refreshPriority(
  tx: Db,
  { cptsId, id }: CaseKey,
  { priority, score, bandRank }: CasePatch,
): Promise<void> {
  await tx
    .update(cases)
    .set({ priority, score, bandRank })
    .where(and(eq(cases.cptsId, cptsId), eq(cases.id, id)))
}

/** Was this told on the case since then? */
export async function wasToldSince(db: Db, { cptsId, id }: CaseKey, action: string, since: Date): Promise<boolean> {
  const [told] = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.cptsId, cptsId),
        eq(caseEvents.caseId, id),
        eq(caseEvents.action, action),
        gte(caseEvents.at, since),
      ),
    )
    .limit(1)
  return told !== undefined
}

/** The discharges where somebody should have said again whether they come, and since when they owe it. */
export const unconfirmedDischarges = async (db: Db, cptsId: CaseRow['cptsId'], now: Date) => {
  const found = await db
    .select({ row: cases, since: proposals.reconfirmBy })
    .from(proposals)
    .innerJoin(
      cases,
      and(eq(cases.cptsId, proposals.cptsId), eq(cases.id, proposals.caseId), inArray(cases.status, notYetHome)),
    )
    .where(
      and(
        eq(proposals.cptsId, cptsId),
        eq(proposals.status, 'accepted'),
        eq(proposals.reconfirmation, 'pending'),
        lte(proposals.reconfirmBy, now),
      ),
    )
    .orderBy(asc(proposals.reconfirmBy))
  return found.flatMap(({ row, since }) => (since ? [{ row, since }] : []))
}
