import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Db } from '../db/database.ts'
import { problem } from '../problem-error.ts'
import { type SessionRow, sessions } from '../session.table.ts'
import type { SecondFactor } from './sign-in-methods.ts'

/** For how long a proof lets its person change what protects their account. */
const freshMs = 15 * 60_000

const goingOn = (tx: Db, id: string) =>
  tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))

/** A session that goes on; 401 when it has ended meanwhile. */
export async function findSession(tx: Db, id: string): Promise<SessionRow> {
  const [row] = await goingOn(tx, id)
  if (!row) throw problem('session-ended')
  return row
}

/** The same, its row held until the end of the transaction: no token of it may be written after, see `endFamily`. */
export async function holdSession(tx: Db, id: string): Promise<SessionRow> {
  const [row] = await goingOn(tx, id).for('update')
  if (!row) throw problem('session-ended')
  return row
}

/**
 * 403 when it is long since this session's person proved who they are: a screen left open must not change what protects
 * them. Nor may a remembered browser, which showed no second factor when it came in.
 */
export function demandFreshProof({ openedAt, provedAt, secondFactor }: SessionRow, now: Date): void {
  const shown = provedAt ?? (secondFactor === 'remembered-device' ? undefined : openedAt)
  if (!shown || now.getTime() - shown.getTime() > freshMs) throw problem('proof-required')
}

/** The session's person proved again who they are; 401 when it has ended meanwhile. */
export async function keepProof(tx: Db, id: string, now: Date): Promise<void> {
  await holdSession(tx, id)
  await tx.update(sessions).set({ provedAt: now }).where(eq(sessions.id, id))
}

/** A second factor was set up within this session: it wears a hat from its next renewal on. */
export async function keepSecondFactor(tx: Db, id: string, secondFactor: SecondFactor, now: Date): Promise<void> {
  await tx.update(sessions).set({ secondFactor, provedAt: now }).where(eq(sessions.id, id))
}

/** The other sessions of an account that showed a password alone: since a factor stands, it is no longer enough. */
export async function listUnprovenSessions(tx: Db, { id, accountId }: SessionRow): Promise<string[]> {
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, accountId),
        ne(sessions.id, id),
        isNull(sessions.secondFactor),
        isNull(sessions.endedAt),
      ),
    )
  return rows.map((row) => row.id)
}
