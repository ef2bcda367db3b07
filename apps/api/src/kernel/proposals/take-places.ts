import type { CptsId, PractitionerId, TeamId } from '@maillage/contracts/kit/ids'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { type ProposalRow, proposals } from '../tables/proposal.table.ts'
import { type TeamRow, teams } from '../tables/team.table.ts'
import { lockCapacity, remainingPlaces } from './proposal.store.ts'

type Taken = Partial<Pick<ProposalRow, 'placesTaken' | 'capacityPeriod' | 'teamId' | 'teamPeriod'>>

/**
 * Takes the places of an acceptance: from the team's where the practitioner's team counts some, else from their own.
 * Whatever counts is locked, always the person's before the team's, so that no interleaving gives more than was declared.
 */
export async function takePlaces(
  tx: Db,
  row: { cptsId: CptsId },
  practitionerId: PractitionerId,
  places: number,
): Promise<Taken> {
  if (places === 0) return {}
  const capacity = await lockCapacity(tx, row, practitionerId)
  // Never declared: the doctor may accept, and no place is counted.
  if (!capacity) return {}
  // A member who says 0 takes nobody, whatever the team opens.
  const isOfTeam = capacity.teamId !== null && capacity.places !== 0
  const team = isOfTeam ? await lockCounted(tx, row.cptsId, capacity.teamId) : undefined
  const remaining = team ? await remainingOfTeam(tx, team) : await remainingPlaces(tx, capacity)
  if (remaining === null) return {}
  if (!capacity.newPatients || remaining < places) throw problem('capacity-exhausted')
  return team
    ? { placesTaken: places, teamId: team.id, teamPeriod: team.period }
    : { placesTaken: places, capacityPeriod: capacity.period }
}

/** The team, locked, while it is open and counts places. */
async function lockCounted(tx: Db, cptsId: CptsId, id: TeamId | null): Promise<TeamRow | undefined> {
  if (!id) return undefined
  const [team] = await tx
    .select()
    .from(teams)
    .where(and(eq(teams.cptsId, cptsId), eq(teams.id, id), isNull(teams.endedAt), isNotNull(teams.places)))
    .for('update')
  return team
}

/** Places still free in the team's present period. Derived, never written. */
async function remainingOfTeam(tx: Db, team: TeamRow): Promise<number> {
  const [taken] = await tx
    .select({ places: sql<number>`coalesce(sum(${proposals.placesTaken}), 0)::int` })
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, team.cptsId),
        eq(proposals.teamId, team.id),
        eq(proposals.status, 'accepted'),
        eq(proposals.teamPeriod, team.period),
      ),
    )
  return (team.places ?? 0) - (taken?.places ?? 0)
}
