import type { Message, UnreadMessages } from '@maillage/contracts/coordination/messages'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { and, asc, count, desc, eq, gt, isNull, max, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { type CaseRow, caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { visibleTo } from '../../kernel/visible-to.ts'
import type { Db } from '../../platform/db/database.ts'
import { messageReadings } from './message-reading.table.ts'

/** The last ones are shown: more than these would be another tool's work. */
const mostMessages = 200
const mostUnread = 200

const isCoordination = (actor: Actor): boolean => actor.role === 'coordinator'

/** What the other side wrote: the coordination reads the wards and the requesters, who read the coordination. */
const fromOtherSide = (actor: Actor): SQL =>
  isCoordination(actor) ? ne(caseEvents.actorRole, 'coordinator') : eq(caseEvents.actorRole, 'coordinator')

/** How far this reader has read, if ever. */
export async function readingOf(
  db: Db,
  actor: Actor,
  caseId: CaseId,
): Promise<typeof messageReadings.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(messageReadings)
    .where(
      and(
        eq(messageReadings.cptsId, actor.cptsId),
        eq(messageReadings.caseId, caseId),
        actor.accountId ? eq(messageReadings.accountId, actor.accountId) : sql`false`,
      ),
    )
  return row
}

/** How far anybody of the other side has read. */
async function readByOthers(db: Db, actor: Actor, caseId: CaseId): Promise<string | undefined> {
  const side = isCoordination(actor) ? ne(messageReadings.role, 'coordinator') : eq(messageReadings.role, 'coordinator')
  const [row] = await db
    .select({ last: messageReadings.lastReadId })
    .from(messageReadings)
    .where(and(eq(messageReadings.cptsId, actor.cptsId), eq(messageReadings.caseId, caseId), side))
    .orderBy(desc(messageReadings.lastReadId))
    .limit(1)
  return row?.last
}

/** The messages of a case, oldest first; each says whether whom it was written to has read it. */
export async function messagesOf(
  db: Db,
  actor: Actor,
  caseId: CaseId,
  ownReading: string | undefined,
): Promise<Message[]> {
  const theirReading = await readByOthers(db, actor, caseId)
  const isOurs = (byRole: string): boolean => (byRole === 'coordinator') === isCoordination(actor)
  const rows = await db
    .select({
      id: caseEvents.id,
      at: caseEvents.at,
      by: accounts.displayName,
      actorId: caseEvents.actorId,
      byRole: caseEvents.actorRole,
      text: caseEvents.text,
    })
    .from(caseEvents)
    .leftJoin(accounts, eq(accounts.id, caseEvents.actorId))
    .where(and(eq(caseEvents.cptsId, actor.cptsId), eq(caseEvents.caseId, caseId), eq(caseEvents.type, 'message')))
    .orderBy(desc(caseEvents.id))
    .limit(mostMessages)
  return rows.reverse().map(({ actorId, text, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    by: row.by ?? 'Maillage',
    isOwn: actorId === actor.accountId,
    isRead: row.id <= ((isOurs(row.byRole) ? theirReading : ownReading) ?? ''),
    text: text ?? '',
  }))
}

/** Does the case hold this message? */
export async function hasMessage(db: Db, row: Pick<CaseRow, 'cptsId' | 'id'>, id: string): Promise<boolean> {
  const [found] = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.cptsId, row.cptsId),
        eq(caseEvents.caseId, row.id),
        eq(caseEvents.type, 'message'),
        eq(caseEvents.id, id),
      ),
    )
  return found !== undefined
}

/** Reading never goes back: two windows of one reader may say it in any order. */
export async function keepReading(
  tx: Db,
  reading: Pick<typeof messageReadings.$inferInsert, 'cptsId' | 'caseId' | 'accountId' | 'role' | 'lastReadId'>,
  now: Date,
): Promise<void> {
  await tx
    .insert(messageReadings)
    .values({ ...reading, readAt: now })
    .onConflictDoUpdate({
      target: [messageReadings.cptsId, messageReadings.caseId, messageReadings.accountId],
      set: {
        role: reading.role,
        readAt: now,
        lastReadId: sql`greatest(${messageReadings.lastReadId}, excluded.last_read_id)`,
      },
    })
}

/** The cases that the actor sees where the other side wrote something they have not read, the newest first. */
export async function unreadOf(db: Db, actor: Actor): Promise<UnreadMessages['items']> {
  const rows = await db
    .select({
      caseId: cases.id,
      reference: cases.reference,
      count: count(),
      lastAt: max(caseEvents.at),
    })
    .from(caseEvents)
    .innerJoin(cases, and(eq(cases.cptsId, caseEvents.cptsId), eq(cases.id, caseEvents.caseId)))
    .leftJoin(
      messageReadings,
      and(
        eq(messageReadings.cptsId, caseEvents.cptsId),
        eq(messageReadings.caseId, caseEvents.caseId),
        actor.accountId ? eq(messageReadings.accountId, actor.accountId) : sql`false`,
      ),
    )
    .where(
      and(
        eq(caseEvents.cptsId, actor.cptsId),
        eq(caseEvents.type, 'message'),
        fromOtherSide(actor),
        or(isNull(messageReadings.lastReadId), gt(caseEvents.id, messageReadings.lastReadId)),
        cases.isOpen,
        visibleTo(actor),
      ),
    )
    .groupBy(cases.id, cases.reference)
    .orderBy(desc(max(caseEvents.at)), asc(cases.id))
    .limit(mostUnread)
  return rows.flatMap(({ lastAt, ...row }) => (lastAt ? [{ ...row, lastAt: lastAt.toISOString() }] : []))
}
