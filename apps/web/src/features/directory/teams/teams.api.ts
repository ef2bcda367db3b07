import { type ChangeTeam, type NewTeam, type SetTeamPlaces, Team } from '@maillage/contracts/directory/teams'
import * as z from 'zod'
import type { Http } from '../../../platform/http.ts'

const Teams = z.object({ items: z.array(Team) })

/** The calls of the teams' page. */
export function teamsApi(http: Http) {
  return {
    list: async (signal: AbortSignal) => (await http.get('/teams', Teams, { signal })).items,
    open: (body: NewTeam, idempotencyKey: string) => http.post('/teams', body, Team, { idempotencyKey }),
    change: (id: string, body: ChangeTeam) => http.put(`/teams/${id}`, body, Team),
    declare: (id: string, body: SetTeamPlaces) => http.put(`/teams/${id}/places`, body, Team),
    end: (id: string, version: number) => http.post(`/teams/${id}/closing`, { version }, z.void()),
  }
}
