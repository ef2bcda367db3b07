import { eq, sql } from 'drizzle-orm'
import { digestOf } from '../crypto/digest.ts'
import type { Db } from '../db/database.ts'
import { callerKey } from '../limits/caller-key.ts'
import { problem } from '../problem-error.ts'
import { signInAttempts } from '../session.table.ts'

/** What a try is counted against. */
export interface AttemptKeys {
  /** What was typed, whether or not anybody has it. */
  readonly email?: string
  /**
   * In its place, what the owner alone holds: a browser that the account remembers, a session. Whoever mistypes
   * somebody's password on purpose then keeps no known browser out (OWASP: device cookies).
   */
  readonly holding?: string
  /** From where; of IPv6 its network, for a machine has more addresses than anybody counts. */
  readonly address?: string
  /** For a code, the account: its password was right. */
  readonly code?: string
  /** What is not a sign-in is counted apart. */
  readonly apart?: 'reset' | 'factor'
}

type Subject = Exclude<keyof AttemptKeys, 'apart'>

// An office shares one address: it may mistype more often than one person.
const freeTries: Record<Subject, number> = { email: 5, holding: 5, address: 40, code: 5 }
// Whoever tries codes knows the password: one try in twelve hours leaves them none of the million codes in a lifetime.
const longestWaitSeconds: Record<Subject, number> = {
  email: 15 * 60,
  holding: 15 * 60,
  address: 15 * 60,
  code: 12 * 3600,
}
const forgottenAfterMs = 24 * 3_600_000

const subjects: readonly Subject[] = ['address', 'email', 'holding', 'code']

/**
 * The counters that a try concerns, always in one order: two tries at once must not wait for one another. By digest: the
 * table must not become a list of addresses and e-mails.
 */
const countersOf = (keys: AttemptKeys): { subject: Subject; key: string }[] =>
  subjects.flatMap((subject) => {
    const given = keys[subject]
    if (given === undefined) return []
    const value = subject === 'address' ? callerKey(given) : given.trim().toLowerCase()
    return [{ subject, key: digestOf(`${subject} ${keys.apart ?? ''}\n${value}`) }]
  })

/** Seconds to wait after so many tries without success: none at first, then doubling. */
function waitAfter(tries: number, subject: Subject): number {
  const excess = tries - freeTries[subject]
  return excess <= 0 ? 0 : Math.min(2 ** excess, longestWaitSeconds[subject])
}

/**
 * Counts a try before the password is looked at, so that many at once are counted too; 429 when one must wait. Commit
 * it before verifying. The same for an e-mail that nobody has.
 */
export async function countAttempt(tx: Db, keys: AttemptKeys, now: Date): Promise<void> {
  for (const { subject, key } of countersOf(keys)) {
    // In one statement: a success of the same moment may take the row away between two.
    const [row] = await tx
      .insert(signInAttempts)
      .values({ key, failures: 0, lastAt: now })
      .onConflictDoUpdate({ target: signInAttempts.key, set: { key } })
      .returning()
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

/** A success clears the person's counts and takes its own try off the address', which others may be misusing. */
export async function forgetAttempts(tx: Db, keys: AttemptKeys): Promise<void> {
  for (const { subject, key } of countersOf(keys)) {
    if (subject === 'address') await takeOne(tx, key)
    else await tx.delete(signInAttempts).where(eq(signInAttempts.key, key))
  }
}

/** A try that was right so far, and goes on with a code: it counts no longer, and the earlier ones still do. */
export async function takeBackAttempt(tx: Db, keys: AttemptKeys): Promise<void> {
  for (const { key } of countersOf(keys)) await takeOne(tx, key)
}

async function takeOne(tx: Db, key: string): Promise<void> {
  await tx
    .update(signInAttempts)
    .set({ failures: sql`greatest(${signInAttempts.failures} - 1, 0)`, blockedUntil: null })
    .where(eq(signInAttempts.key, key))
}
