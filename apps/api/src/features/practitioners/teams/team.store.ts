import type { Team } from '@maillage/contracts/directory/teams'
import type { CptsId, PractitionerId, TeamId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { intakeCapacities, practitioners } from '../../../kernel/tables/practitioner.table.ts'
import { type TeamRow, teams } from '../../../kernel/tables/team.table.ts'
import { isUniqueViolation } from '../../../platform/db/connect.ts'
import type { Db } from '../../../platform/db/database.ts'
import { instantOf, queryRows } from '../../../platform/db/named-query.ts'

interface ListedRow extends Pick<Team, 'id' | 'kind' | 'name' | 'line' | 'phone' | 'places' | 'remaining' | 'version'> {
  municipality_code: string
  municipality: string | null
  places_declared_at: string | null
  members: Team['members'] | null
}

// $2: one team alone, or null for all.
const text = `select t.id, t.kind, t.name, t.line, t.phone, t.places, t.version, t.municipality_code, t.places_declared_at,
  (select name from municipalities where code = t.municipality_code) as municipality,
  t.places - coalesce((select sum(o.places_taken)::int from proposals o where o.cpts_id = $1 and o.team_id = t.id
    and o.team_period = t.period and o.status = 'accepted'), 0) as remaining,
  (select json_agg(json_build_object('id', p.id, 'displayName', p.display_name, 'profession', p.profession,
      'keeps', p.keeps_team) order by p.search, p.id)
    from practitioners p where p.cpts_id = $1 and p.team_id = t.id) as members
from teams t
where t.cpts_id = $1 and t.ended_at is null and ($2::uuid is null or t.id = $2::uuid)
order by t.name collate "fr-x-icu", t.id`

/** Who reads, as far as it changes what is read. */
export interface TeamReading {
  readonly cptsId: CptsId
  readonly seesPlaces: boolean
  mayDeclare(members: Team['members']): boolean
}

/** The teams of the territory, or one of them. */
export async function listTeams(db: Db, reading: TeamReading, id: TeamId | null): Promise<Team[]> {
  const rows = await queryRows<ListedRow>(db, { name: 'teams', text, values: [reading.cptsId, id] })
  return rows.map((row) => toTeam(row, reading))
}

function toTeam(row: ListedRow, { seesPlaces, mayDeclare }: TeamReading): Team {
  const members = row.members ?? []
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    line: row.line,
    municipality: { code: row.municipality_code, name: row.municipality ?? '' },
    phone: row.phone,
    places: seesPlaces ? row.places : null,
    remaining: seesPlaces ? row.remaining : null,
    placesDeclaredAt: seesPlaces && row.places_declared_at ? instantOf(row.places_declared_at) : null,
    members,
    mayDeclare: mayDeclare(members),
    version: row.version,
  }
}

/** A team that is not closed, locked: its places, its members and what acceptances take happen one after the other. */
export async function lockTeam(tx: Db, cptsId: CptsId, id: TeamId): Promise<TeamRow | undefined> {
  const [row] = await tx
    .select()
    .from(teams)
    .where(and(eq(teams.cptsId, cptsId), eq(teams.id, id), isNull(teams.endedAt)))
    .for('update')
  return row
}

/** Writes a new team; false when another bears this name, and the transaction is then lost. */
export const insertTeam = (tx: Db, row: typeof teams.$inferInsert): Promise<boolean> =>
  unlessNamed(async () => {
    await tx.insert(teams).values(row)
  })

/** Changes a team under the lock; false when another bears this name, and the transaction is then lost. */
export const updateTeam = (
  tx: Db,
  { cptsId, id }: Pick<TeamRow, 'cptsId' | 'id'>,
  columns: Partial<typeof teams.$inferInsert>,
): Promise<boolean> =>
  unlessNamed(async () => {
    await tx
      .update(teams)
      .set({ ...columns, version: sql`${teams.version} + 1` })
      .where(and(eq(teams.cptsId, cptsId), eq(teams.id, id)))
  })

async function unlessNamed(write: () => Promise<void>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    // The only unique key beside the id is the name.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Those of these people who are in the directory, with the team that they are in; locked, in one order. */
export const lockMembers = (
  tx: Db,
  cptsId: CptsId,
  ids: readonly PractitionerId[],
): Promise<{ id: PractitionerId; teamId: TeamId | null }[]> =>
  tx
    .select({ id: practitioners.id, teamId: practitioners.teamId })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), inArray(practitioners.id, [...ids]), isNull(practitioners.goneAt)))
    .orderBy(practitioners.id)
    .for('update')

/** Makes these people, and nobody else, the members of a team. */
export async function writeMembers(
  tx: Db,
  cptsId: CptsId,
  teamId: TeamId,
  members: readonly { id: PractitionerId; keeps: boolean }[],
): Promise<void> {
  const raised = sql`${practitioners.version} + 1`
  await tx
    .update(practitioners)
    .set({ teamId: null, keepsTeam: false, version: raised })
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.teamId, teamId)))
  for (const keeps of [true, false]) {
    const ids = members.filter((one) => one.keeps === keeps).map(({ id }) => id)
    if (ids.length === 0) continue
    await tx
      .update(practitioners)
      .set({ teamId, keepsTeam: keeps, version: raised })
      .where(and(eq(practitioners.cptsId, cptsId), inArray(practitioners.id, ids)))
  }
  await ensureCapacities(
    tx,
    cptsId,
    members.map(({ id }) => id),
  )
}

/** An acceptance finds the team through the row of its practitioner's places: everybody in a team has one. */
async function ensureCapacities(tx: Db, cptsId: CptsId, ids: readonly PractitionerId[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .insert(intakeCapacities)
    .values(ids.map((practitionerId) => ({ cptsId, practitionerId })))
    .onConflictDoNothing()
}
