import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Organization } from '@maillage/contracts/partners/organizations'
import type { Territory } from '@maillage/contracts/territory'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { cpts, cptsMunicipalities, organizations, organizationUnits } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { municipalities } from '../../platform/reference.table.ts'

// Names sort as French readers expect, whatever the database's own order.
const inFrench = (column: typeof municipalities.name | typeof organizations.name | typeof organizationUnits.name) =>
  sql`${column} collate "fr-x-icu"`

/** The actor's CPTS and its communes. */
export async function getTerritory(db: Db, cptsId: CptsId): Promise<Territory> {
  const [row] = await db.select().from(cpts).where(eq(cpts.id, cptsId))
  if (!row) throw problem('not-found')
  const covered = await db
    .select({ code: municipalities.code, name: municipalities.name })
    .from(cptsMunicipalities)
    .innerJoin(municipalities, eq(municipalities.code, cptsMunicipalities.municipalityCode))
    .where(eq(cptsMunicipalities.cptsId, cptsId))
    .orderBy(inFrench(municipalities.name), asc(municipalities.code))
  return { id: row.id, name: row.name, timeZone: row.timeZone, municipalities: covered }
}

/** Organizations with their units: all of them for a coordinator, their own for a ward's staff. */
export async function listOrganizations(db: Db, actor: Actor): Promise<Organization[]> {
  const isWard = actor.role === 'hospital_staff'
  const units = await db
    .select()
    .from(organizationUnits)
    .where(
      and(
        eq(organizationUnits.cptsId, actor.cptsId),
        isWard ? inArray(organizationUnits.id, [...actor.unitIds]) : undefined,
      ),
    )
    .orderBy(inFrench(organizationUnits.name), asc(organizationUnits.id))
  const rows = await db
    .select()
    .from(organizations)
    .where(eq(organizations.cptsId, actor.cptsId))
    .orderBy(inFrench(organizations.name), asc(organizations.id))
  const described = rows.map(({ id, name, kind, finess }) => {
    const own = units.filter(({ organizationId }) => organizationId === id)
    return { id, name, kind, finess, units: own.map((unit) => ({ id: unit.id, name: unit.name, phone: unit.phone })) }
  })
  return described.filter(({ units: own }) => !isWard || own.length > 0)
}
