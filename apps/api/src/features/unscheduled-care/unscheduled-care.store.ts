import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, isNull, min } from 'drizzle-orm'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
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
