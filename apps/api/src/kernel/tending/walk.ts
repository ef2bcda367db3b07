import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { inBatches, type Pace } from '../../platform/jobs/pace.ts'
import { act } from '../act.ts'
import { systemActor } from '../actor.ts'
import type { Context, Deps } from '../context.ts'

/** Before every identifier. */
export const beforeAll = '00000000-0000-0000-0000-000000000000'

/** What one batch did, and behind which row the next begins; no `next` when nothing follows. */
export interface Batch<Cursor> {
  readonly seen: number
  readonly changed: number
  readonly next: Cursor | undefined
}

/** What a walk did so far. */
export interface Walked {
  readonly seen: number
  readonly changed: number
}

/** How a job walks through one CPTS. */
export interface Walk<Cursor> {
  readonly name: string
  readonly cptsId: CptsId
  readonly pace: Pace
  readonly from: Cursor
  batch(tx: Db, context: Context, after: Cursor): Promise<Batch<Cursor>>
  onBatch?(walked: Walked): void
}

/**
 * Walks through what concerns a job in one CPTS, one short transaction a batch, each behind the last row of the one
 * before. Of two processes that walk at once, one works on a batch and the other leaves; cut short, the next run finds
 * what is left by its own question.
 */
export async function walk<Cursor>(deps: Deps, given: Walk<Cursor>): Promise<Walked> {
  const { cptsId, name, pace } = given
  let walked: Walked = { seen: 0, changed: 0 }
  let after: Cursor | undefined = given.from
  await inBatches(pace, async () => {
    const from = after
    if (from === undefined) return false
    const done = await act(deps, systemActor(cptsId), async (tx, context) =>
      (await isFree(tx, `${name}:${cptsId}`)) ? given.batch(tx, context, from) : undefined,
    )
    if (!done) return false
    walked = { seen: walked.seen + done.seen, changed: walked.changed + done.changed }
    given.onBatch?.(walked)
    after = done.next
    return after !== undefined
  })
  return walked
}

/** Takes the job's place in this CPTS until the end of the transaction; false when another process holds it. */
async function isFree(tx: Db, place: string): Promise<boolean> {
  const { rows } = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${place}, 0)) as free`,
  )
  return rows[0]?.free ?? false
}
