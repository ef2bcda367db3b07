import type { Role } from '@maillage/contracts/roles'
import { and, eq, exists, isNull, or, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import { uuids } from '../platform/db/named-sql.ts'
import type { Actor } from './actor.ts'
import { practitionersOf } from './delegation/standing-in.ts'
import { caseParticipants, cases } from './tables/case.table.ts'

const queries = new QueryBuilder()

/** An open participation in the case of the outer query, by the holder that `holder` names. */
const takesPart = (holder: SQL | undefined): SQL =>
  exists(
    queries
      .select({ one: sql`1` })
      .from(caseParticipants)
      .where(
        and(
          eq(caseParticipants.cptsId, cases.cptsId),
          eq(caseParticipants.caseId, cases.id),
          isNull(caseParticipants.until),
          holder ?? sql`false`,
        ),
      ),
  )

const asAccount = (actor: Actor): SQL | undefined =>
  actor.accountId ? eq(caseParticipants.accountId, actor.accountId) : undefined

// A new role does not compile until its scope is written here.
const scopes: Record<Role, (actor: Actor) => SQL | undefined> = {
  coordinator: () => undefined,
  administrator: () => sql`false`,
  practitioner: (actor) =>
    takesPart(
      or(
        actor.practitionerId ? eq(caseParticipants.practitionerId, actor.practitionerId) : undefined,
        asAccount(actor),
      ),
    ),
  hospital_staff: (actor) =>
    takesPart(actor.unitIds.length > 0 ? sql`${caseParticipants.unitId} = any(${uuids(actor.unitIds)})` : undefined),
  requester: (actor) => takesPart(asAccount(actor)),
  secretary: (actor) =>
    takesPart(sql`${caseParticipants.practitionerId} = any(${uuids(practitionersOf(actor, 'follow-patients'))})`),
}

/**
 * The rows of `cases` that this actor may know of: a coordinator sees the CPTS, everyone else the cases in which they
 * take part. What is not visible is a 404, not a 403. Row-level security stands under this filter.
 */
export function visibleTo(actor: Actor): SQL | undefined {
  const scope = actor.role === 'system' ? undefined : scopes[actor.role](actor)
  return and(eq(cases.cptsId, actor.cptsId), scope)
}
