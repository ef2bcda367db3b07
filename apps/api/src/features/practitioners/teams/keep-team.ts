import type { ChangeTeam, NewTeam, SetTeamPlaces } from '@maillage/contracts/directory/teams'
import { newId, type PractitionerId, TeamId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { TeamRow } from '../../../kernel/tables/team.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { areMunicipalities, lockPractitioner } from '../practitioner.store.ts'
import { insertTeam, lockMembers, lockTeam, updateTeam, writeMembers } from './team.store.ts'

/** A coordinator makes a team of people of the directory. */
export function openTeam(deps: Deps, actor: Actor, given: NewTeam): Promise<TeamId> {
  return act(deps, actor, async (tx, { now }) => {
    const { members, municipality, ...columns } = given
    await demandTeam(tx, actor, given, null)
    const id = newId(TeamId)
    const row = { ...columns, cptsId: actor.cptsId, id, municipalityCode: municipality, createdAt: now, updatedAt: now }
    if (!(await insertTeam(tx, row))) throw problem('already-exists')
    await writeMembers(tx, actor.cptsId, id, members)
    await recordAudit(tx, actor, { action: `team.open ${id}`, at: now })
    return id
  })
}

/** A coordinator changes a team, or who is in it. What was accepted on its places stays taken from them. */
export function changeTeam(deps: Deps, actor: Actor, id: TeamId, given: ChangeTeam): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const { members, municipality, version, ...columns } = given
    const before = await lockSeen(tx, actor, id, version)
    await demandTeam(tx, actor, given, id)
    const moved = municipality ? { municipalityCode: municipality } : {}
    if (!(await updateTeam(tx, before, { ...columns, ...moved, updatedAt: now }))) throw problem('already-exists')
    if (members) await writeMembers(tx, actor.cptsId, id, members)
    await recordAudit(tx, actor, { action: `team.change ${id}`, at: now })
  })
}

/** The team is no more: its members count their own places again. */
export function endTeam(deps: Deps, actor: Actor, id: TeamId, version: number): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const before = await lockSeen(tx, actor, id, version)
    await writeMembers(tx, actor.cptsId, id, [])
    await updateTeam(tx, before, { endedAt: now, updatedAt: now })
    await recordAudit(tx, actor, { action: `team.end ${id}`, at: now })
  })
}

/**
 * The person whom the team designated, or the coordinator, says how many places the team opens: from now on, whatever
 * was accepted before. `null`: each member counts their own again.
 */
export function declareTeamPlaces(
  deps: Deps,
  actor: Actor,
  id: TeamId,
  { places, version }: SetTeamPlaces,
): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    await demandKeeper(tx, actor, id)
    const before = await lockSeen(tx, actor, id, version)
    const declared = { places, period: before.period + 1, placesDeclaredAt: now, updatedAt: now }
    await updateTeam(tx, before, declared)
    await recordAudit(tx, actor, {
      action: `team.declare-places ${id}`,
      at: now,
      from: wordOf(before.places),
      to: wordOf(places),
    })
  })
}

const wordOf = (places: number | null): string => (places ?? 'unknown').toString()

async function lockSeen(tx: Db, actor: Actor, id: TeamId, version: number): Promise<TeamRow> {
  const row = await lockTeam(tx, actor.cptsId, id)
  if (!row) throw problem('not-found')
  if (row.version !== version) throw problem('version-stale')
  return row
}

/** 403 for anybody whom the team did not designate. */
async function demandKeeper(tx: Db, actor: Actor, id: TeamId): Promise<void> {
  if (actor.role === 'coordinator') return
  const own: PractitionerId | null = actor.practitionerId
  // Locked, so that whoever is replaced at this moment declares before or not at all.
  const entry = own ? await lockPractitioner(tx, actor.cptsId, own) : undefined
  if (!entry || entry.teamId !== id || !entry.keepsTeam) throw problem('role-may-not')
}

/** A known commune, and members who are in the directory once each and in no other team. */
async function demandTeam(tx: Db, actor: Actor, given: Partial<NewTeam>, own: TeamId | null): Promise<void> {
  const { municipality, members = [] } = given
  if (municipality && !(await areMunicipalities(tx, [municipality]))) throw invalidField('/municipality', 'unknown')
  const ids = members.map(({ id }) => id)
  const found = new Map((await lockMembers(tx, actor.cptsId, ids)).map((one) => [one.id, one]))
  for (const [index, id] of ids.entries()) {
    const pointer = `/members/${index}/id`
    const member = found.get(id)
    if (ids.indexOf(id) !== index) throw invalidField(pointer, 'repeated')
    if (!member) throw invalidField(pointer, 'unknown')
    if (member.teamId && member.teamId !== own) throw invalidField(pointer, 'in-another-team')
  }
}
