import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { secondFactorResets } from '../../kernel/tables/second-factor-reset.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'

export type FactorResetRow = typeof secondFactorResets.$inferSelect

const lastsMs = 72 * 3_600_000
const open = ['unproven', 'asked'] as const

/** Files a request, for three days. One at a time for each person: 409 while another is open. */
export async function fileReset(
  tx: Db,
  reset: Pick<FactorResetRow, 'cptsId' | 'accountId' | 'askedBy'> & { status: (typeof open)[number] },
  now: Date,
): Promise<FactorResetRow> {
  const { cptsId, accountId } = reset
  const ofPerson = and(eq(secondFactorResets.cptsId, cptsId), eq(secondFactorResets.accountId, accountId))
  const isOver = and(ofPerson, inArray(secondFactorResets.status, open), lte(secondFactorResets.expiresAt, now))
  await tx.update(secondFactorResets).set({ status: 'expired', decidedAt: now }).where(isOver)
  // A request by mail that nobody confirmed keeps nobody from asking.
  const unproven = and(ofPerson, eq(secondFactorResets.status, 'unproven'))
  await tx.update(secondFactorResets).set({ status: 'expired', decidedAt: now }).where(unproven)
  const expiresAt = new Date(now.getTime() + lastsMs)
  const [filed] = await tx
    .insert(secondFactorResets)
    .values({ ...reset, id: newRowId(), askedAt: now, expiresAt })
    .onConflictDoNothing()
    .returning()
  if (!filed) throw problem('already-exists')
  return filed
}

/** A request held until the end of the transaction: of two answers at once, the second sees the first. */
export async function holdReset(tx: Db, cptsId: CptsId, id: string): Promise<FactorResetRow | undefined> {
  const [row] = await tx
    .select()
    .from(secondFactorResets)
    .where(and(eq(secondFactorResets.cptsId, cptsId), eq(secondFactorResets.id, id)))
    .for('update')
  return row
}

/** Writes what became of a request. */
export async function decideReset(
  tx: Db,
  { cptsId, id }: FactorResetRow,
  decision: Partial<Pick<FactorResetRow, 'status' | 'decidedBy' | 'decidedAt'>>,
): Promise<void> {
  const one = and(eq(secondFactorResets.cptsId, cptsId), eq(secondFactorResets.id, id))
  await tx.update(secondFactorResets).set(decision).where(one)
}

/** The roles that an account holds in a CPTS today; none once it was closed. */
export async function rolesOf(tx: Db, cptsId: CptsId, accountId: AccountId): Promise<Role[]> {
  const held = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.cptsId, cptsId),
        eq(memberships.accountId, accountId),
        isNull(memberships.endedAt),
        isNull(accounts.disabledAt),
      ),
    )
  return held.map(({ role }) => role)
}
