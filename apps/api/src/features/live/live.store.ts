import type { AccountId, CaseId, CptsId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, gte, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { noticeDeliveries } from '../../kernel/notices/notices.table.ts'
import { caseEvents, caseParticipants, cases } from '../../kernel/tables/case.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { gather, type Moment, newMoment } from './told-changes.ts'

export interface PartRow {
  readonly caseId: CaseId
  readonly practitionerId: PractitionerId | null
  readonly unitId: UnitId | null
  readonly accountId: AccountId | null
}

/** More than this is not told line by line: whoever missed it reads everything anew. */
export const mostTold = 500

/** Who takes part in these cases today. */
export function readParts(db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<PartRow[]> {
  const { caseId, practitionerId, unitId, accountId } = caseParticipants
  return db
    .select({ caseId, practitionerId, unitId, accountId })
    .from(caseParticipants)
    .where(and(eq(caseParticipants.cptsId, cptsId), inArray(caseId, [...ids]), isNull(caseParticipants.until)))
}

/** Fills in kind and version where only a line of the story was told. */
export async function completeCases(db: Db, cptsId: CptsId, moment: Moment): Promise<void> {
  const bare = [...moment.cases.values()].filter(({ version }) => version === null)
  if (bare.length === 0) return
  const ids = bare.map(({ id }) => id)
  const rows = await db
    .select({ id: cases.id, kind: cases.kind, version: cases.version })
    .from(cases)
    .where(and(eq(cases.cptsId, cptsId), inArray(cases.id, ids)))
  for (const { id, kind, version } of rows) Object.assign(moment.cases.get(id) ?? {}, { kind, version })
}

/** The smallest id that a row made at this instant can have: ids of version 7 begin with their instant. */
const firstIdAt = (at: Date): string => {
  const ms = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`
}

/** What happened in a CPTS since then, from the story of its cases; null when it is too much to be told. */
export async function readMoment(db: Db, cptsId: CptsId, since: Date): Promise<Moment | null> {
  const moment = newMoment()
  const events = await db
    .select({ id: caseEvents.caseId, entry: caseEvents.id, type: caseEvents.type, actorId: caseEvents.actorId })
    .from(caseEvents)
    .where(and(eq(caseEvents.cptsId, cptsId), gte(caseEvents.id, firstIdAt(since))))
    .orderBy(asc(caseEvents.id))
    .limit(4 * mostTold)
  const answered = await db
    .select({ id: proposals.id, version: proposals.version, practitionerId: proposals.practitionerId })
    .from(proposals)
    .where(and(eq(proposals.cptsId, cptsId), gte(proposals.updatedAt, since), isNotNull(proposals.sentAt)))
    .limit(4 * mostTold)
  if (events.length === 4 * mostTold || answered.length === 4 * mostTold) return null
  const told = await db
    .select({ id: noticeDeliveries.id, accountId: noticeDeliveries.accountId })
    .from(noticeDeliveries)
    .where(
      and(
        eq(noticeDeliveries.cptsId, cptsId),
        gte(noticeDeliveries.id, firstIdAt(since)),
        eq(noticeDeliveries.channel, 'in-app'),
      ),
    )
    .orderBy(asc(noticeDeliveries.id))
    .limit(4 * mostTold)
  for (const { id, accountId } of told) if (accountId) gather(moment, { what: 'notice', cptsId, id, accountId })
  for (const event of events) gather(moment, { what: 'entry', cptsId, ...event })
  for (const proposal of answered) gather(moment, { what: 'proposal', cptsId, ...proposal })
  await completeCases(db, cptsId, moment)
  return moment
}

/** Tells the listening processes that somebody came to read a case, or left; heard after the commit. */
export async function tellPresence(tx: Db, cptsId: CptsId, id: CaseId, actorId: AccountId): Promise<void> {
  const payload = JSON.stringify({ what: 'presence', cptsId, id, actorId })
  await tx.execute(sql`select pg_notify('maillage_case', ${payload})`)
}
