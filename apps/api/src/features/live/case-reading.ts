import type { CaseReading } from '@maillage/contracts/coordination/live'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import { getCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { listTimeline } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { listReaders, markLeft, markReading, type Reader } from './case-readers.store.ts'
import { tellPresence } from './live.store.ts'

type ReadingDeps = Pick<Deps, 'db' | 'now'>

/** Two heartbeats may be lost before somebody is believed gone. */
const readingMs = 50_000

/**
 * Keeps that the actor reads the case, and gives who else does. Everybody learns that a coordinator reads; that a ward
 * or a practitioner does is the coordination's to know. Opening the file leaves its audit line elsewhere.
 */
export async function readCase({ db, now }: ReadingDeps, actor: Actor, id: CaseId): Promise<CaseReading> {
  const at = now()
  return await db.transaction(actor.cptsId, async (tx) => {
    const row = await getCase(tx, actor, { id })
    const me = readerOf(actor, id)
    const before = await markReading(tx, me, at, new Date(at.getTime() + readingMs))
    const isVisit = !before || before.readingUntil <= at
    if (isVisit) await tellPresence(tx, me.cptsId, id, me.accountId)
    const readers = await listReaders(tx, me, at)
    const seen = actor.role === 'coordinator' ? readers : readers.filter(({ isCoordinator }) => isCoordinator)
    return {
      readers: seen.map(({ displayName }) => ({ displayName })),
      lastSeenAt: before?.lastSeenAt.toISOString() ?? null,
      changesSince: before && isVisit ? await countChanges(tx, actor, row, before.lastSeenAt) : 0,
    }
  })
}

// Asked once a visit: a heartbeat costs no reading of the story.
async function countChanges(tx: Db, actor: Actor, row: CaseRow, since: Date): Promise<number> {
  const story = await listTimeline(tx, actor, row)
  return story.filter(({ at, by }) => by !== actor.displayName && new Date(at) > since).length
}

/** The actor turned to something else; when they last looked stays. Twice is once; a case that one may not see is not there. */
export function leaveCase({ db, now }: ReadingDeps, actor: Actor, id: CaseId): Promise<void> {
  return db.transaction(actor.cptsId, async (tx) => {
    const me = readerOf(actor, id)
    if (await markLeft(tx, me, now())) await tellPresence(tx, me.cptsId, id, me.accountId)
    else await getCase(tx, actor, { id })
  })
}

function readerOf({ cptsId, accountId }: Actor, caseId: CaseId): Reader {
  if (!accountId) throw problem('role-may-not')
  return { cptsId, caseId, accountId }
}
