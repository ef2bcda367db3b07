import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gt, inArray, isNotNull, max } from 'drizzle-orm'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { passkeys, totpFactors } from '../../kernel/tables/second-factor.table.ts'
import { secondFactorResets } from '../../kernel/tables/second-factor-reset.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { sessions } from '../../platform/session.table.ts'

/** Every role that somebody holds, or held, in a CPTS, by name. */
export async function listMemberRows(tx: Db, cptsId: CptsId) {
  return await tx
    .select({
      id: memberships.id,
      role: memberships.role,
      endedAt: memberships.endedAt,
      accountId: accounts.id,
      displayName: accounts.displayName,
      email: accounts.email,
      isExempt: accounts.isSecondFactorExempt,
      disabledAt: accounts.disabledAt,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(eq(memberships.cptsId, cptsId))
    .orderBy(asc(accounts.displayName), asc(accounts.id), asc(memberships.createdAt))
}
export type MemberRow = Awaited<ReturnType<typeof listMemberRows>>[number]

/** Requests that wait for an answer, with who asked. */
export async function listOpenResets(tx: Db, cptsId: CptsId, now: Date) {
  return await tx
    .select({
      id: secondFactorResets.id,
      accountId: secondFactorResets.accountId,
      askedBy: secondFactorResets.askedBy,
      askedByName: accounts.displayName,
      askedAt: secondFactorResets.askedAt,
      expiresAt: secondFactorResets.expiresAt,
    })
    .from(secondFactorResets)
    .innerJoin(accounts, eq(accounts.id, secondFactorResets.askedBy))
    .where(
      and(
        eq(secondFactorResets.cptsId, cptsId),
        eq(secondFactorResets.status, 'asked'),
        gt(secondFactorResets.expiresAt, now),
      ),
    )
}
export type ResetRow = Awaited<ReturnType<typeof listOpenResets>>[number]

/** When each of these accounts last signed in, as far as sessions are kept. */
export async function readLastSignIns(tx: Db, ids: readonly AccountId[]): Promise<Map<AccountId, Date | null>> {
  const rows = await tx
    .select({ accountId: sessions.accountId, at: max(sessions.openedAt) })
    .from(sessions)
    .where(inArray(sessions.accountId, [...ids]))
    .groupBy(sessions.accountId)
  return new Map(rows.map(({ accountId, at }) => [accountId, at]))
}

/** Which of these accounts have an authenticator, and which a passkey. */
export async function readFactors(
  tx: Db,
  ids: readonly AccountId[],
): Promise<{ totp: ReadonlySet<AccountId>; passkey: ReadonlySet<AccountId> }> {
  const inUse = and(inArray(totpFactors.accountId, [...ids]), isNotNull(totpFactors.confirmedAt))
  const totp = await tx.select({ id: totpFactors.accountId }).from(totpFactors).where(inUse)
  const keys = await tx
    .selectDistinct({ id: passkeys.accountId })
    .from(passkeys)
    .where(inArray(passkeys.accountId, [...ids]))
  return { totp: new Set(totp.map(({ id }) => id)), passkey: new Set(keys.map(({ id }) => id)) }
}
