import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, desc, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import type { Db } from '../db/database.ts'
import { refreshTokens, type SessionRow, sessions } from '../session.table.ts'
import { familyMs, idleMs } from './refresh-tokens.ts'

/** Not ended, and neither left unused for too long nor too old: what a cookie somewhere still opens. */
const isOpen = (now: Date) =>
  and(
    isNull(sessions.endedAt),
    gt(sessions.lastSeenAt, new Date(now.getTime() - idleMs)),
    gt(sessions.openedAt, new Date(now.getTime() - familyMs)),
  )

/** The open sessions of these accounts, the latest used first. */
export async function listOpenSessions(tx: Db, accountIds: readonly AccountId[], now: Date): Promise<SessionRow[]> {
  return await tx
    .select()
    .from(sessions)
    .where(and(inArray(sessions.accountId, [...accountIds]), isOpen(now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
}

/** Which of an account's sessions: one of them, all, or all but one. */
export interface WhichSessions {
  readonly only?: string
  readonly except?: string
}

/** Ends sessions of an account, with all their tokens; tells how many were not ended yet. */
export async function endSessionsOf(
  tx: Db,
  accountId: AccountId,
  now: Date,
  { only, except }: WhichSessions = {},
): Promise<number> {
  const chosen = and(
    eq(sessions.accountId, accountId),
    isNull(sessions.endedAt),
    only === undefined ? undefined : eq(sessions.id, only),
    except === undefined ? undefined : ne(sessions.id, except),
  )
  const families = tx.select({ id: sessions.id }).from(sessions).where(chosen)
  // The tokens first, as a renewal does: neither waits for what the other holds.
  await tx
    .update(refreshTokens)
    .set({ endedAt: now })
    .where(and(inArray(refreshTokens.familyId, families), isNull(refreshTokens.endedAt)))
  const ended = await tx.update(sessions).set({ endedAt: now }).where(chosen).returning({ id: sessions.id })
  return ended.length
}
