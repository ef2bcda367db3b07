import type { Account, Membership } from '@maillage/contracts/accounts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims, Hat } from '../../platform/session/claims.ts'
import { type Opening, openFamily } from '../../platform/session/refresh-tokens.ts'
import type { Deps } from '../context.ts'
import { accounts } from '../tables/cpts.table.ts'
import { type AccountRow, findLastWorn, listMemberships, toAccount } from './account.store.ts'
import { recordSession } from './record-session.ts'

/** A session as an act leaves it: what the access token will say, whose it is, and the next refresh token if any. */
export interface OpenedSession {
  readonly claims: Claims
  readonly account: Account
  readonly refresh?: { readonly token: string; readonly expiresAt: Date }
}

/** What a token says of a membership. */
export const hatOf = (membership: Membership): Hat => ({
  membershipId: membership.id,
  cptsId: membership.cpts.id,
  role: membership.role,
  practitionerId: membership.practitionerId,
  unitIds: membership.units.map(({ id }) => id),
  isHealthProfessional: membership.isHealthProfessional,
})

/** The membership worn last while it lasts, else the oldest; the screen says which one, and changes it in one click. */
export function chooseHat(memberships: readonly Membership[], worn: Membership['id'] | null): Hat | null {
  const chosen = memberships.find(({ id }) => id === worn) ?? memberships[0]
  return chosen ? hatOf(chosen) : null
}

/** What proved who somebody is, and on what they signed in. */
export type Proof = Omit<Opening, 'accountId'>

/**
 * Is the password that was shown still the account's? Held until the session is written, so that whoever changes it
 * meanwhile ends this session with the others.
 */
async function holdPassword(tx: Db, { id, passwordHash }: AccountRow): Promise<boolean> {
  const same = and(eq(accounts.id, id), eq(accounts.passwordHash, passwordHash), isNull(accounts.disabledAt))
  const held = await tx.select({ id: accounts.id }).from(accounts).where(same).for('share')
  return held.length > 0
}

/**
 * Opens a session for whoever was proved to hold this account, by whatever way they came in, and tells the trail. A
 * password alone opens one that wears no hat: it serves to set up a second factor, and reads nothing.
 */
export async function openSession(
  deps: Pick<Deps, 'db' | 'now'>,
  account: AccountRow,
  proof: Proof,
): Promise<OpenedSession> {
  const now = deps.now()
  const { id: accountId, displayName } = account
  const { claims, memberships, refresh } = await deps.db.global(async (tx) => {
    if (proof.method === 'password' && !(await holdPassword(tx, account))) throw problem('wrong-credentials')
    const held = await listMemberships(tx, accountId)
    const mustEnrol = proof.secondFactor === null || undefined
    const hat = mustEnrol ? null : chooseHat(held, await findLastWorn(tx, accountId))
    const { familyId, ...token } = await openFamily(tx, { ...proof, accountId }, hat, now)
    const opened: Claims = { accountId, displayName, familyId, hat, mustEnrol }
    return { claims: opened, memberships: held, refresh: token }
  })
  const worn = memberships.filter(({ id }) => id === claims.hat?.membershipId)
  await recordSession(deps, worn, { accountId, displayName, action: 'session.open' })
  return { claims, refresh, account: toAccount(account) }
}
