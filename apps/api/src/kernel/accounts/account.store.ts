import { type Account, Membership, type Preferences } from '@maillage/contracts/accounts'
import { type AccountId, CptsId, MembershipId, PractitionerId } from '@maillage/contracts/kit/ids'
import { Role } from '@maillage/contracts/roles'
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Db } from '../../platform/db/database.ts'
import { refreshTokens } from '../../platform/session.table.ts'
import { accounts } from '../tables/cpts.table.ts'

export type AccountRow = typeof accounts.$inferSelect

/** Who an account says it is. */
export const toAccount = ({ id, email, displayName }: AccountRow): Account => ({ id, email, displayName })

/** What the account's person set for themselves. */
export const toPreferences = ({ letterShortcuts }: AccountRow): Preferences => ({ letterShortcuts })

/** Keeps what the account's person set; false when the account is closed. */
export async function savePreferences(tx: Db, id: AccountId, preferences: Preferences): Promise<boolean> {
  const open = and(eq(accounts.id, id), isNull(accounts.disabledAt))
  const saved = await tx.update(accounts).set(preferences).where(open).returning({ id: accounts.id })
  return saved.length > 0
}

/** The account that may sign in under an e-mail, written in any case. */
export async function findAccountByEmail(tx: Db, email: string): Promise<AccountRow | undefined> {
  const open = and(eq(accounts.email, email.trim().toLowerCase()), isNull(accounts.disabledAt))
  const [row] = await tx.select().from(accounts).where(open)
  return row
}

/** The account, unless it was closed. */
export async function findAccount(tx: Db, id: AccountId): Promise<AccountRow | undefined> {
  const [row] = await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, id), isNull(accounts.disabledAt)))
  return row
}

const MembershipRow = z.object({
  cpts_id: CptsId,
  cpts_name: z.string(),
  id: MembershipId,
  role: Role,
  practitioner_id: PractitionerId.nullable(),
  is_health_professional: z.boolean(),
  units: Membership.shape.units,
})

/** The memberships of one account in every CPTS, through the one function that may read across them. */
export async function listMemberships(tx: Db, accountId: AccountId): Promise<Membership[]> {
  const { rows } = await tx.execute(sql`select * from memberships_of(${accountId})`)
  return z
    .array(MembershipRow)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      role: row.role,
      cpts: { id: row.cpts_id, name: row.cpts_name },
      practitionerId: row.practitioner_id,
      units: row.units,
      isHealthProfessional: row.is_health_professional,
    }))
}

/** The membership that an account wore last, in whatever session; null before the first. */
export async function findLastWorn(tx: Db, accountId: AccountId): Promise<MembershipId | null> {
  const [last] = await tx
    .select({ membershipId: refreshTokens.membershipId })
    .from(refreshTokens)
    .where(and(eq(refreshTokens.accountId, accountId), isNotNull(refreshTokens.membershipId)))
    .orderBy(desc(refreshTokens.issuedAt))
    .limit(1)
  return last?.membershipId ?? null
}
