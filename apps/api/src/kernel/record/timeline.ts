import type { TimelineEntry } from '@maillage/contracts/cases'
import type { OnBehalfOf } from '@maillage/contracts/delegation/on-behalf'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { uuids } from '../../platform/db/named-sql.ts'
import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import { practitionersOf } from '../delegation/standing-in.ts'
import { type CaseRow, caseEvents, caseParticipants } from '../tables/case.table.ts'
import { accounts } from '../tables/cpts.table.ts'
import { practitioners } from '../tables/practitioner.table.ts'
import { toldReason } from './told-reason.ts'

export interface EventRecord {
  type: TimelineEntry['type']
  action: string
  from?: string | null
  to?: string | null
  reason?: string | null
  text?: string | null
  practitionerId?: PractitionerId | null
  data?: Record<string, unknown>
}

const eventText = `insert into case_events (cpts_id, id, case_id, at, type, action, actor_id, actor_role, from_status, to_status,
  reason, text, practitioner_id, data, on_behalf) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

/** Adds one line to the case's story, in the act's transaction, and gives its id. Events are never changed. */
export async function recordEvent(
  tx: Db,
  context: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  event: EventRecord,
): Promise<string> {
  const id = newRowId()
  const { type, action, from = null, to = null, reason = null, text = null, practitionerId = null, data = {} } = event
  const { accountId, role, onBehalfOf } = context.actor
  const line = [row.cptsId, id, row.id, context.now, type, action, accountId, role, from, to, reason, text]
  await queryRows(tx, {
    name: 'record_event',
    text: eventText,
    values: [...line, practitionerId, JSON.stringify(data), onBehalfOf ? JSON.stringify(onBehalfOf) : null],
  })
  return id
}

/** In whose place somebody acted. */
const principals = alias(practitioners, 'principals')
/** To whom a case was handed over. */
const receivers = alias(accounts, 'receivers')

/**
 * The story of a case, oldest first. Proposals, priorities and internal notes are the coordinators': the others read
 * the moves and the needs, and what they wrote themselves.
 */
export async function listTimeline(db: Db, actor: Actor, row: CaseRow): Promise<TimelineEntry[]> {
  const events = await db
    .select({
      id: caseEvents.id,
      at: caseEvents.at,
      type: caseEvents.type,
      action: caseEvents.action,
      by: accounts.displayName,
      actorId: caseEvents.actorId,
      byRole: caseEvents.actorRole,
      fromStatus: caseEvents.fromStatus,
      toStatus: caseEvents.toStatus,
      reason: caseEvents.reason,
      text: caseEvents.text,
      practitioner: practitioners.displayName,
      givenTo: receivers.displayName,
      onBehalf: caseEvents.onBehalf,
      principal: principals.displayName,
    })
    .from(caseEvents)
    .leftJoin(accounts, eq(accounts.id, caseEvents.actorId))
    .leftJoin(receivers, and(eq(caseEvents.type, 'owner'), sql`${receivers.id}::text = ${caseEvents.data} ->> 'to'`))
    .leftJoin(
      practitioners,
      and(eq(practitioners.cptsId, caseEvents.cptsId), eq(practitioners.id, caseEvents.practitionerId)),
    )
    .leftJoin(
      principals,
      and(
        eq(principals.cptsId, caseEvents.cptsId),
        sql`${principals.id} = (${caseEvents.onBehalf} ->> 'practitionerId')::uuid`,
      ),
    )
    .where(and(eq(caseEvents.cptsId, row.cptsId), eq(caseEvents.caseId, row.id), readableBy(actor)))
    .orderBy(asc(caseEvents.at), asc(caseEvents.id))
  return events.map(({ actorId, givenTo, onBehalf, principal, ...event }) => ({
    ...event,
    // What a coordinator noted while moving the case is the coordination's own, like its notes.
    text: actor.role === 'coordinator' || actorId === actor.accountId ? (event.text ?? givenTo) : null,
    reason: toldReason(actor, event.reason),
    // The column holds what recordEvent wrote, whose type is this closed list.
    type: event.type as TimelineEntry['type'],
    at: event.at.toISOString(),
    by: event.by ?? 'Maillage',
    onBehalf: principal === null ? null : { practitioner: principal, ...spokenBy(actor, onBehalf) },
  }))
}

/** Who said it on the phone: for the coordination, and for those whose word it is. */
function spokenBy(actor: Actor, told: OnBehalfOf | null): { spokenTo: string | null; calledAt: string | null } {
  const own = practitionersOf(actor, 'follow-patients')
  if (!told || !(actor.role === 'coordinator' || own.includes(told.practitionerId)))
    return { spokenTo: null, calledAt: null }
  return { spokenTo: told.spokenTo ?? null, calledAt: told.calledAt ?? null }
}

function readableBy(actor: Actor): SQL | undefined {
  if (actor.role === 'coordinator') return undefined
  // Messages have their own thread, which tells both sides; half of it would mislead here.
  const own = actor.accountId ? and(eq(caseEvents.actorId, actor.accountId), ne(caseEvents.type, 'message')) : undefined
  return or(and(inArray(caseEvents.type, ['move', 'need']), sinceOwnPart(actor)), own)
}

/** A practitioner reads from the day they took part: who had accepted before, and gave back, is not theirs to know. */
function sinceOwnPart(actor: Actor): SQL | undefined {
  if (actor.role !== 'practitioner' && actor.role !== 'secretary') return undefined
  return sql`exists (select 1 from ${caseParticipants} part
    where part.cpts_id = ${caseEvents.cptsId} and part.case_id = ${caseEvents.caseId} and part.until is null
      and (part.practitioner_id = any(${uuids(practitionersOf(actor, 'follow-patients'))}) or part.account_id = ${actor.accountId})
      and part.since <= ${caseEvents.at})`
}
