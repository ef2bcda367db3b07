import type { Team } from '@maillage/contracts/directory/teams'
import type { TeamId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { problem } from '../../../platform/problem-error.ts'
import { seesCapacity } from '../sees-capacity.ts'
import { listTeams, type TeamReading } from './team.store.ts'

const readingOf = (actor: Actor): TeamReading => ({
  cptsId: actor.cptsId,
  seesPlaces: seesCapacity(actor),
  mayDeclare: (members) =>
    actor.role === 'coordinator' || members.some(({ id, keeps }) => keeps && id === actor.practitionerId),
})

/** The teams of the territory, by name; a ward and a requester read them without places. */
export const readTeams = (deps: Deps, actor: Actor): Promise<Team[]> =>
  deps.db.read(actor.cptsId, (db) => listTeams(db, readingOf(actor), null))

/** One team. */
export async function readTeam(deps: Deps, actor: Actor, id: TeamId): Promise<Team> {
  const [team] = await deps.db.read(actor.cptsId, (db) => listTeams(db, readingOf(actor), id))
  if (!team) throw problem('not-found')
  return team
}
