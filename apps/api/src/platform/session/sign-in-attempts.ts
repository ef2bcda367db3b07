import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/database.ts'
import { problem } from '../problem-error.ts'
import { signInAttempts } from '../session.table.ts'

/** What a try is counted against: the e-mail typed, known or not, and the caller's address. */
export interface AttemptKeys {
  readonly email: string
  readonly address: string
}

// An office shares one address: it may mistype more often than one person.
const freeTries = { email: 5, address: 40 } as const
const longestWaitSeconds = 15 * 60
const forgottenAfterMs = 24 * 3_600_000

type Subject = keyof AttemptKeys
const subjects: readonly Subject[] = ['address', 'email']

// The table must not become a list of addresses and e-mails.
const keyOf = (subject: Subject, keys: AttemptKeys): string =>
  createHash('sha256').update(`${subject}\n${keys[subject].trim().toLowerCase()}`).digest('base64url')

/** Seconds to wait after so many tries without success: none at first, then doubling. */
export function waitAfter(tries: number, subject: Subject): number {
  const excess = tries - freeTries[subject]
  return excess <= 0 ? 0 : Math.min(2 ** excess, longestWaitSeconds)
}

/**
 * Counts a try before the password is looked at, so that many at once are counted too; 429 when one must wait. Commit
 * it before verifying. The same for an e-mail that nobody has.
 */
export async function countAttempt(tx: Db, keys: AttemptKeys, now: Date): Promise<void> {
  for (const subject of subjects) {
    const key = keyOf(subject, keys)
    await tx.insert(signInAttempts).values({ key, failures: 0, lastAt: now }).onConflictDoNothing()
    const [row] = await tx.select().from(signInAttempts).where(eq(signInAttempts.key, key)).for('update')
    if (!row) throw new Error('A counter of sign-ins was not there')
    const waitMs = (row.blockedUntil?.getTime() ?? 0) - now.getTime()
    if (waitMs > 0) throw problem('too-many-requests', { retryAfter: Math.ceil(waitMs / 1000) })
    const isOld = now.getTime() - row.lastAt.getTime() > forgottenAfterMs
    const failures = isOld ? 1 : row.failures + 1
    const seconds = waitAfter(failures, subject)
    const blockedUntil = seconds > 0 ? new Date(now.getTime() + seconds * 1000) : null
    await tx.update(signInAttempts).set({ failures, lastAt: now, blockedUntil }).where(eq(signInAttempts.key, key))
  }
}

/** A success clears the e-mail's count and takes its own try off the address', which others may be misusing. */
export async function forgetAttempts(tx: Db, keys: AttemptKeys): Promise<void> {
  await tx
    .update(signInAttempts)
    .set({ failures: sql`greatest(${signInAttempts.failures} - 1, 0)`, blockedUntil: null })
    .where(eq(signInAttempts.key, keyOf('address', keys)))
  await tx.delete(signInAttempts).where(eq(signInAttempts.key, keyOf('email', keys)))
}
