import type { DelegatedAct, Delegation } from '@maillage/contracts/delegation/delegations'
import type { CptsId, DelegationId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { type DelegationRow, delegations } from '../../kernel/tables/delegation.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, InstantKeys, toPage } from '../../platform/http/cursor.ts'
import { problem } from '../../platform/problem-error.ts'

/** Those that an actor may know of: given, held, or all of the CPTS for whoever keeps its accounts in order. */
function knownTo(actor: Actor): SQL | undefined {
  const here = eq(delegations.cptsId, actor.cptsId)
  if (actor.role === 'coordinator' || actor.role === 'administrator') return here
  if (actor.role === 'practitioner' && actor.practitionerId)
    return and(here, eq(delegations.practitionerId, actor.practitionerId))
  if (actor.role === 'secretary' && actor.membershipId)
    return and(here, eq(delegations.membershipId, actor.membershipId), isNull(delegations.endedAt))
  return sql`false`
}

// What the secretary last did in this practitioner's name.
const lastActAt = sql<string | null>`(select max(e.at) from audit_entries e
  join memberships m on m.cpts_id = ${delegations.cptsId} and m.id = ${delegations.membershipId}
  where e.cpts_id = ${delegations.cptsId} and e.on_behalf_of = ${delegations.practitionerId}
    and e.actor_id = m.account_id)`

/** Delegations that the actor may know of, those in force first, then the latest: as few as there are secretaries. */
export async function listDelegations(
  db: Db,
  actor: Actor,
  now: Date,
  wanted: { id?: DelegationId; practitionerId?: PractitionerId } = {},
): Promise<Delegation[]> {
  const rows = await db
    .select({
      row: delegations,
      practitioner: {
        id: practitioners.id,
        displayName: practitioners.displayName,
        profession: practitioners.profession,
      },
      endedBy: accounts.displayName,
      lastActAt,
    })
    .from(delegations)
    .innerJoin(
      practitioners,
      and(eq(practitioners.cptsId, delegations.cptsId), eq(practitioners.id, delegations.practitionerId)),
    )
    .leftJoin(accounts, eq(accounts.id, delegations.endedBy))
    .where(
      and(
        knownTo(actor),
        wanted.id ? eq(delegations.id, wanted.id) : undefined,
        wanted.practitionerId ? eq(delegations.practitionerId, wanted.practitionerId) : undefined,
      ),
    )
    .orderBy(sql`${delegations.endedAt} is not null`, desc(delegations.invitedAt), desc(delegations.id))
    .limit(200)
  return rows.map(({ row, practitioner, endedBy, lastActAt: last }) => ({
    id: row.id,
    practitioner,
    email: row.email,
    displayName: row.displayName,
    rights: row.rights,
    status: statusOf(row, now),
    invitedAt: row.invitedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy,
    lastActAt: last === null ? null : new Date(last).toISOString(),
    version: row.version,
  }))
}

function statusOf({ endedAt, acceptedAt, expiresAt }: DelegationRow, now: Date): Delegation['status'] {
  if (endedAt) return 'ended'
  if (acceptedAt) return 'active'
  return expiresAt <= now ? 'expired' : 'invited'
}

/** One delegation as an answer tells it. */
export async function readDelegation(db: Db, actor: Actor, id: DelegationId, now: Date): Promise<Delegation> {
  const [found] = await listDelegations(db, actor, now, { id })
  if (!found) throw problem('not-found')
  return found
}

/** Takes a delegation that the actor may know of, seen as it is; else 404, or 409 when it changed meanwhile. */
export async function lockDelegation(
  tx: Db,
  actor: Actor,
  { id, version }: { id: DelegationId; version: number },
): Promise<DelegationRow> {
  const [row] = await tx
    .select()
    .from(delegations)
    .where(and(eq(delegations.id, id), knownTo(actor)))
    .for('update')
  if (!row) throw problem('not-found')
  if (row.version !== version || row.endedAt) throw problem('version-stale')
  return row
}

/** The one that an invitation names, held while it is answered. */
export async function lockInvited(tx: Db, cptsId: CptsId, id: DelegationId): Promise<DelegationRow | undefined> {
  const [row] = await tx
    .select()
    .from(delegations)
    .where(and(eq(delegations.cptsId, cptsId), eq(delegations.id, id)))
    .for('update')
  return row
}

/** Writes a change, with its version raised. */
export async function updateDelegation(
  tx: Db,
  { cptsId, id, version }: DelegationRow,
  patch: Partial<Omit<DelegationRow, 'cptsId' | 'id' | 'version'>>,
): Promise<void> {
  await tx
    .update(delegations)
    .set({ ...patch, version: version + 1 })
    .where(and(eq(delegations.cptsId, cptsId), eq(delegations.id, id)))
}

/** The role goes with the last practitioner whom somebody acts for: their sessions find none at the next refresh. */
export async function endRoleWithoutDelegation(tx: Db, row: DelegationRow, now: Date): Promise<void> {
  if (!row.membershipId) return
  await tx
    .update(memberships)
    .set({ endedAt: now })
    .where(
      and(
        eq(memberships.cptsId, row.cptsId),
        eq(memberships.id, row.membershipId),
        sql`not exists (select from delegations d where d.cpts_id = ${row.cptsId}
          and d.membership_id = ${row.membershipId} and d.ended_at is null)`,
      ),
    )
}

/** What a secretary did in a practitioner's name since they were named, the latest first. */
export async function listActs(
  db: Db,
  row: DelegationRow,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: DelegatedAct[]; next: string | null }> {
  const after = decodeCursor(cursor, InstantKeys)
  if (!row.membershipId) return { items: [], next: null }
  const holder = db
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(and(eq(memberships.cptsId, row.cptsId), eq(memberships.id, row.membershipId)))
  const rows = await db
    .select({ entry: auditEntries, reference: cases.reference })
    .from(auditEntries)
    .leftJoin(cases, and(eq(cases.cptsId, auditEntries.cptsId), eq(cases.id, auditEntries.caseId)))
    .where(
      and(
        eq(auditEntries.cptsId, row.cptsId),
        eq(auditEntries.onBehalfOf, row.practitionerId),
        inArray(auditEntries.actorId, holder),
        or(
          isNull(sql`${row.endedAt?.toISOString() ?? null}::timestamptz`),
          sql`${auditEntries.at} <= ${row.endedAt?.toISOString() ?? null}::timestamptz`,
        ),
        after
          ? sql`(${auditEntries.at}, ${auditEntries.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit + 1)
  return toPage(
    rows,
    limit,
    ({ entry }) => [entry.at.toISOString(), entry.id],
    ({ entry, reference }) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      action: entry.action.split(' ')[0] ?? entry.action,
      caseReference: reference,
    }),
  )
}

/** The row of a delegation that the actor may know of. */
export async function getDelegation(db: Db, actor: Actor, id: DelegationId): Promise<DelegationRow> {
  const [row] = await db
    .select()
    .from(delegations)
    .where(and(eq(delegations.id, id), knownTo(actor)))
  if (!row) throw problem('not-found')
  return row
}

const feedText = `select 1 from single_purpose_links l
join memberships m on m.cpts_id = $1 and m.id = $3
join audit_entries e on e.cpts_id = $1 and e.on_behalf_of = $2 and e.at = l.created_at and e.actor_id = m.account_id
  and e.action = $4
where l.cpts_id = $1 and l.purpose = 'calendar-feed' and l.subject_id = $2 and l.revoked_at is null`

/** Did this secretary make the address that the practitioner's calendar now has? The trail knows. */
export async function madeFeed(tx: Db, { cptsId, practitionerId, membershipId }: DelegationRow): Promise<boolean> {
  if (!membershipId) return false
  const values = [cptsId, practitionerId, membershipId, `calendar-feed.renew ${practitionerId}`]
  return (await queryRows(tx, { name: 'feed_made_by', text: feedText, values })).length > 0
}
