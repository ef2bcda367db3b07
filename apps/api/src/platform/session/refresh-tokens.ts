import type { AccountId, CptsId, MembershipId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { digestOf, newSecretToken } from '../crypto/digest.ts'
import type { Db } from '../db/database.ts'
import { refreshTokens, type SessionRow, sessions } from '../session.table.ts'
import type { SecondFactor, SignInMethod } from './sign-in-methods.ts'

/** A session is over once it was not used for so long. */
export const idleMs = 12 * 3_600_000
/** However used it was. */
export const familyMs = 7 * 24 * 3_600_000

/**
 * Within so long a token may come again: a page that was left before its answer came kept the old cookie. Whichever answer
 * was overtaken is then spent, so that only one lives and a copy is still found out.
 */
const againMs = 10_000

/** The hat that a session wears; none for an account without membership. */
export interface SessionHat {
  readonly membershipId: MembershipId
  readonly cptsId: CptsId
}

/** One sign-in and the line of refresh tokens that came from it, of which one lives. */
export interface Family {
  readonly familyId: string
  readonly accountId: AccountId
  readonly membershipId: MembershipId | null
}

/**
 * What a cookie's token turned out to be. `reused`: somebody else has it too, and the family has just ended with it;
 * `unattended`: nobody was there for long, and it was just locked; `locked`: worth nothing until its owner proves who they
 * are.
 */
export type Redeemed =
  | { session: SessionRow; membershipId: MembershipId | null; token: string; expiresAt: Date }
  | { closed: 'reused' | 'unattended'; accountId: AccountId }
  | 'ended'
  | 'locked'

/** Who signs in, and what proved it. */
export interface Opening {
  readonly accountId: AccountId
  readonly method: SignInMethod
  /** Null: none yet. */
  readonly secondFactor: SecondFactor | null
  /** What the browser said of itself. */
  readonly device: string
}

/** Opens a session: a new family with its first token. */
export async function openFamily(
  tx: Db,
  opening: Opening,
  hat: SessionHat | null,
  now: Date,
): Promise<{ familyId: string; token: string; expiresAt: Date }> {
  const familyId = newRowId()
  const { accountId } = opening
  await tx.insert(sessions).values({ ...opening, id: familyId, openedAt: now, lastSeenAt: now })
  const family = { familyId, accountId, membershipId: hat?.membershipId ?? null, cptsId: hat?.cptsId ?? null }
  const expiresAt = new Date(now.getTime() + idleMs)
  return { familyId, token: await addToken(tx, family, now, expiresAt), expiresAt }
}

async function addToken(
  tx: Db,
  family: Family & { cptsId: CptsId | null },
  issuedAt: Date,
  expiresAt: Date,
): Promise<string> {
  const token = newSecretToken()
  await tx.insert(refreshTokens).values({ ...family, id: newRowId(), tokenHash: digestOf(token), issuedAt, expiresAt })
  return token
}

/**
 * Exchanges a token for the next one, unless nobody was there for so many milliseconds. A token used again later than its
 * own page would ends its family, one left alone is locked: commit that, then refuse.
 */
export async function redeemToken(tx: Db, token: string, now: Date, unattendedMs: number): Promise<Redeemed> {
  const [row] = await tx
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, digestOf(token)))
    .for('update')
  if (!row || row.endedAt) return 'ended'
  if (row.usedAt && now.getTime() - row.usedAt.getTime() > againMs) {
    await endFamily(tx, row.familyId, now)
    return { closed: 'reused', accountId: row.accountId }
  }
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, row.familyId))
  if (!session || session.endedAt) return 'ended'
  const limit = session.openedAt.getTime() + familyMs
  if (row.expiresAt <= now || limit <= now.getTime()) return 'ended'
  if (session.lockedAt) return 'locked'
  if (now.getTime() - session.lastSeenAt.getTime() > unattendedMs) {
    const isNew = await lockFamily(tx, session.id, now)
    return isNew ? { closed: 'unattended', accountId: session.accountId } : 'locked'
  }
  await spendTokens(tx, row.familyId, now)
  await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, session.id))
  const expiresAt = new Date(Math.min(now.getTime() + idleMs, limit))
  const { familyId, accountId, membershipId, cptsId } = row
  const next = await addToken(tx, { familyId, accountId, membershipId, cptsId }, now, expiresAt)
  return { session, membershipId, token: next, expiresAt }
}

async function spendTokens(tx: Db, familyId: string, now: Date): Promise<void> {
  const living = and(eq(refreshTokens.familyId, familyId), isNull(refreshTokens.usedAt))
  await tx.update(refreshTokens).set({ usedAt: now }).where(living)
}

/** Locks a session: neither its cookie nor its tokens are worth anything. False when it was locked, or has ended. */
export async function lockFamily(tx: Db, id: string, now: Date): Promise<boolean> {
  const open = and(eq(sessions.id, id), isNull(sessions.endedAt), isNull(sessions.lockedAt))
  const locked = await tx.update(sessions).set({ lockedAt: now }).where(open).returning({ id: sessions.id })
  return locked.length > 0
}

/** Its owner is back. */
export async function unlockFamily(tx: Db, id: string, now: Date): Promise<void> {
  await tx.update(sessions).set({ lockedAt: null, lastSeenAt: now }).where(eq(sessions.id, id))
}

/** Ends every token of a sign-in, then the sign-in, in the order of a renewal; false when it had ended already. */
export async function endFamily(tx: Db, familyId: string, now: Date): Promise<boolean> {
  await tx
    .update(refreshTokens)
    .set({ endedAt: now })
    .where(and(eq(refreshTokens.familyId, familyId), isNull(refreshTokens.endedAt)))
  const ended = await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.id, familyId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
  return ended.length > 0
}

/** The session that a cookie's token came from, whatever became of either; undefined for what is no token. */
export async function findFamilyOf(tx: Db, token: string): Promise<SessionRow | undefined> {
  const [row] = await tx
    .select({ session: sessions })
    .from(refreshTokens)
    .innerJoin(sessions, eq(sessions.id, refreshTokens.familyId))
    .where(eq(refreshTokens.tokenHash, digestOf(token)))
  return row?.session
}

/** The same, for as long as somebody may go on with it: neither ended, nor left for too long, nor too old. */
export async function findStanding(tx: Db, token: string, now: Date): Promise<SessionRow | undefined> {
  const session = await findFamilyOf(tx, token)
  if (!session || session.endedAt) return undefined
  const lapsesAt = Math.min(session.lastSeenAt.getTime() + idleMs, session.openedAt.getTime() + familyMs)
  return lapsesAt > now.getTime() ? session : undefined
}

/** Whoever came back to a locked screen by opening another session has done with the one that the cookie held. */
export async function endReplaced(tx: Db, token: string | undefined, accountId: AccountId, now: Date): Promise<void> {
  const replaced = token === undefined ? undefined : await findFamilyOf(tx, token)
  if (replaced) await endLocked(tx, { id: replaced.id, accountId }, now)
}

/** Ends a session that is locked, and this account's own; any other goes on. */
export async function endLocked(
  tx: Db,
  { id, accountId }: { id: string; accountId: AccountId },
  now: Date,
): Promise<void> {
  const own = and(eq(sessions.id, id), eq(sessions.accountId, accountId), isNotNull(sessions.lockedAt))
  const [locked] = await tx.select({ id: sessions.id }).from(sessions).where(own)
  if (locked) await endFamily(tx, id, now)
}

/** The session goes on under another hat, also after the next refresh. False when it has ended. */
export async function wearHat(tx: Db, familyId: string, hat: SessionHat, now: Date): Promise<boolean> {
  const changed = await tx
    .update(refreshTokens)
    .set({ membershipId: hat.membershipId, cptsId: hat.cptsId })
    .where(and(eq(refreshTokens.familyId, familyId), isNull(refreshTokens.usedAt), isNull(refreshTokens.endedAt)))
    .returning({ expiresAt: refreshTokens.expiresAt })
  return changed.some(({ expiresAt }) => expiresAt > now)
}
