import { eq } from 'drizzle-orm'
import { digestOf } from '../crypto/digest.ts'
import type { Db } from '../db/database.ts'
import { openidFlows } from './openid.table.ts'

const flowMs = 10 * 60_000

/** A sign-in that was begun: by which browser, and what its answer must show. */
export interface Flow {
  readonly provider: string
  readonly state: string
  readonly browser: string
  readonly nonce: string
  readonly verifier: string
  /** One of our own paths. */
  readonly returnTo: string
}

/** Keeps a sign-in that was begun for ten minutes. */
export async function keepFlow(tx: Db, { state, browser, ...kept }: Flow, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + flowMs)
  await tx
    .insert(openidFlows)
    .values({ ...kept, stateHash: digestOf(state), browserHash: digestOf(browser), expiresAt })
}

/**
 * Takes a sign-in out by its state, whatever comes of it: a state serves once. `expired`: unknown, taken already, too old,
 * another provider's; `other-browser`: another one began it, and somebody may be trying to sign this one in as themselves.
 */
export async function takeFlow(
  tx: Db,
  { state, browser, provider }: Pick<Flow, 'state' | 'provider'> & { browser: string | undefined },
  now: Date,
): Promise<Omit<Flow, 'browser'> | 'expired' | 'other-browser'> {
  const [row] = await tx
    .delete(openidFlows)
    .where(eq(openidFlows.stateHash, digestOf(state)))
    .returning()
  if (!row || row.provider !== provider || row.expiresAt <= now) return 'expired'
  if (browser === undefined || digestOf(browser) !== row.browserHash) return 'other-browser'
  const { nonce, verifier, returnTo } = row
  return { provider, state, nonce, verifier, returnTo }
}
