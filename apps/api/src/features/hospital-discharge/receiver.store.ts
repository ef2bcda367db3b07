import type { CptsId, MembershipId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { membershipUnits, organizations, organizationUnits } from '../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'

interface CoveringRow extends Record<string, unknown> {
  cpts_id: CptsId
  membership_id: MembershipId
}

/** A membership of a ward in a CPTS. */
interface WardMembership {
  cptsId: CptsId
  membershipId: MembershipId
}

/** A ward of a membership, with what tells it in another CPTS. */
export interface HeldUnit {
  id: UnitId
  name: string
  finess: string | null
}

/** The CPTS among the account's own (as hospital staff) that have the commune in their territory. */
export async function cptsCovering(db: Db, actor: Actor, municipality: string): Promise<WardMembership[]> {
  const { rows } = await db.execute<CoveringRow>(
    sql`select cpts_id, membership_id from own_cpts_covering(${actor.accountId}::uuid, ${municipality}) order by 1, 2`,
  )
  return rows.map((row) => ({ cptsId: row.cpts_id, membershipId: row.membership_id }))
}

/** The wards that a membership holds. */
export const unitsHeldBy = (db: Db, { cptsId, membershipId }: WardMembership): Promise<HeldUnit[]> =>
  db
    .select({ id: organizationUnits.id, name: organizationUnits.name, finess: organizations.finess })
    .from(membershipUnits)
    .innerJoin(
      organizationUnits,
      and(eq(organizationUnits.cptsId, membershipUnits.cptsId), eq(organizationUnits.id, membershipUnits.unitId)),
    )
    .innerJoin(
      organizations,
      and(eq(organizations.cptsId, organizationUnits.cptsId), eq(organizations.id, organizationUnits.organizationId)),
    )
    .where(and(eq(membershipUnits.cptsId, cptsId), eq(membershipUnits.membershipId, membershipId)))

/** The directory entries of a CPTS by RPPS, the number that a person keeps from one CPTS to the other. */
export async function entriesByRpps(
  db: Db,
  cptsId: CptsId,
  rpps: readonly string[],
): Promise<{ id: PractitionerId; rpps: string | null }[]> {
  if (rpps.length === 0) return []
  return db
    .select({ id: practitioners.id, rpps: practitioners.rpps })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), inArray(practitioners.rpps, [...rpps])))
}
