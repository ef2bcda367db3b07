import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gte, inArray, isNull, min } from 'drizzle-orm'
import type { CasePatch } from '../../kernel/case.store.ts'
import { type CaseRow, caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { unscheduledCares } from './unscheduled-care.table.ts'

export type UnscheduledCareRow = typeof unscheduledCares.$inferSelect
type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

const ofCare = ({ cptsId, id }: CaseKey) => and(eq(unscheduledCares.cptsId, cptsId), eq(unscheduledCares.caseId, id))

export async function getCareRow(db: Db, key: CaseKey): Promise<UnscheduledCareRow> {
  const [row] = await db.select().from(unscheduledCares).where(ofCare(key))
  if (!row) throw new Error('An unscheduled-care case has no row of its own')
  return row
}

export async function insertCare(
  tx: Db,
  key: CaseKey,
  care: Omit<typeof unscheduledCares.$inferInsert, 'cptsId' | 'caseId'>,
): Promise<void> {
  await tx.insert(unscheduledCares).values({ cptsId: key.cptsId, caseId: key.id, ...care })
}

export async function updateCare(tx: Db, key: CaseKey, patch: Partial<UnscheduledCareRow>): Promise<void> {
  await tx.update(unscheduledCares).set(patch).where(ofCare(key))
}

/** Somebody of the directory, as the patient is told about them. */
export async function findBookedWith(db: Db, { cptsId }: Pick<CaseKey, 'cptsId'>, id: PractitionerId) {
  const [practitioner] = await db
    .select({
      id: practitioners.id,
      displayName: practitioners.displayName,
      practicePhone: practitioners.practicePhone,
    })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id)))
  return practitioner
}

/** Does the directory still list this practitioner? */
export async function isInDirectory(db: Db, { cptsId }: Pick<CaseKey, 'cptsId'>, id: PractitionerId): Promise<boolean> {
  const [listed] = await db
    .select({ id: practitioners.id })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id), isNull(practitioners.goneAt)))
  return listed !== undefined
}

/** When the first of the proposals that await an answer expires. */
export async function firstExpiryOf(db: Db, { cptsId, id }: CaseKey): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(proposals.expiresAt) })
    .from(proposals)
    .where(and(eq(proposals.cptsId, cptsId), eq(proposals.caseId, id), eq(proposals.status, 'pending')))
  return row?.at ?? null
}

/** The requests for which nobody was found yet. One that an act holds is left to the next time. */
export const waitingCares = (tx: Db, cptsId: CaseRow['cptsId']) =>
  tx
    .select({ row: cases, care: unscheduledCares })
    .from(cases)
    .innerJoin(unscheduledCares, and(eq(unscheduledCares.cptsId, cases.cptsId), eq(unscheduledCares.caseId, cases.id)))
    .where(
      and(
        eq(cases.cptsId, cptsId),
        eq(cases.kind, 'unscheduled-care'),
        cases.isOpen,
        inArray(cases.status, ['submitted', 'triaged', 'offering', 'no_show']),
      ),
    )
    .orderBy(asc(cases.id))
    .for('update', { of: cases, skipLocked: true })

/** What only time changed: no act, hence no version, and nobody's open page becomes stale. */
export async function updateHeader(tx: Db, { cptsId, id }: CaseKey, patch: CasePatch): Promise<void> {
  await tx
    .update(cases)
    .set(patch)
    .where(and(eq(cases.cptsId, cptsId), eq(cases.id, id)))
}

/** Was this told on the request since then? */
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
