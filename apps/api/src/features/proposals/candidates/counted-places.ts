import type { CandidateFacts } from './ranking.ts'

/** What somebody declared, what their team did where it counts places, and what acceptances took of each. */
interface Declared {
  places: number | null
  taken: number
  team_places: number | null
  team_taken: number
}

/** Are the places those of the team? A member who says 0 takes nobody, whatever the team opens. */
export const countsWithTeam = ({ places, team_places }: Pick<Declared, 'places' | 'team_places'>): boolean =>
  team_places !== null && places !== 0

/** The places that a proposal to this person would take. */
export function countedPlaces(row: Declared): Pick<CandidateFacts, 'places' | 'remaining'> {
  if (row.team_places !== null && countsWithTeam(row))
    return { places: row.team_places, remaining: row.team_places - row.team_taken }
  return { places: row.places, remaining: row.places === null ? null : row.places - row.taken }
}
