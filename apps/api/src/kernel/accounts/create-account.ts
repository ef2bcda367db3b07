import {
  AccountId,
  type CptsId,
  MembershipId,
  newId,
  type PractitionerId,
  type UnitId,
} from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { hashPassword } from '../../platform/session/password.ts'
import { accounts, memberships, membershipUnits } from '../tables/cpts.table.ts'

export interface NewAccount {
  email: string
  displayName: string
  /** Kept as it was when the person already has an account. */
  password: string
  isDemo?: boolean
  /** Invented people alone; the database refuses it for an address that somebody could have. */
  isSecondFactorExempt?: boolean
}

/** Gives an account a role without wards, or gives back the one that had ended. */
export async function holdRole(
  tx: Db,
  accountId: AccountId,
  { cptsId, role }: { cptsId: CptsId; role: Role },
  now: Date,
): Promise<MembershipId> {
  const [held] = await tx
    .insert(memberships)
    .values({ cptsId, id: newId(MembershipId), accountId, role, createdAt: now })
    .onConflictDoUpdate({
      target: [memberships.cptsId, memberships.accountId, memberships.role],
      set: { endedAt: null },
    })
    .returning({ id: memberships.id })
  if (!held) throw new Error('A role was neither given nor found')
  return held.id
}

export interface NewMembership {
  cptsId: CptsId
  role: Role
  practitionerId?: PractitionerId
  unitIds?: readonly UnitId[]
  isHealthProfessional?: boolean
}

/** Gives somebody an account, or finds theirs by its e-mail: people are the same in every CPTS. */
export async function createAccount(tx: Db, input: NewAccount, now: Date): Promise<{ id: AccountId; isNew: boolean }> {
  const email = input.email.trim().toLowerCase()
  const [known] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  if (known) return { id: known.id, isNew: false }
  const id = newId(AccountId)
  const passwordHash = await hashPassword(input.password)
  const { displayName, isDemo = false, isSecondFactorExempt = false } = input
  // Without the columns that an operator alone may write: the API's role has no right to name them.
  await tx.execute(sql`insert into ${accounts} (id, email, display_name, password_hash, created_at)
    values (${id}, ${email}, ${displayName}, ${passwordHash}, ${now.toISOString()}::timestamptz)`)
  if (isDemo || isSecondFactorExempt) {
    await tx.update(accounts).set({ isDemo, isSecondFactorExempt }).where(eq(accounts.id, id))
  }
  return { id, isNew: true }
}

/** Gives an account a role in a CPTS. Ward staff without a ward would see nothing: refused. */
export async function addMembership(
  tx: Db,
  accountId: AccountId,
  input: NewMembership,
  now: Date,
): Promise<MembershipId> {
  const { cptsId, role, practitionerId, unitIds = [], isHealthProfessional = false } = input
  if (role === 'hospital_staff' && unitIds.length === 0) throw invalidField('/unitIds', 'required')
  const [added] = await tx
    .insert(memberships)
    .values({ cptsId, id: newId(MembershipId), accountId, role, practitionerId, isHealthProfessional, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: memberships.id })
  if (!added) throw problem('already-exists')
  if (unitIds.length > 0) {
    await tx.insert(membershipUnits).values(unitIds.map((unitId) => ({ cptsId, membershipId: added.id, unitId })))
  }
  return added.id
}
