import { PractitionerActivity, WaitingPatient } from '@maillage/contracts/candidates'
import { Team } from '@maillage/contracts/directory/teams'
import { pageOf } from '@maillage/contracts/kit/page'
import { Absence, IntakeCapacity, Practitioner } from '@maillage/contracts/practitioners'
import { OwnProposal, Proposed } from '@maillage/contracts/proposals'
import { CommuneNeeds } from '@maillage/contracts/territory'
import * as z from 'zod'
import { casePaths } from '../../kernel/acts/case-paths.ts'
import type { Http } from '../../platform/http.ts'

const Practitioners = pageOf(Practitioner)
const Waiting = pageOf(WaitingPatient)
const Absences = z.object({ items: z.array(Absence) })
const Teams = z.object({ items: z.array(Team) })
const waitingPage = 50

export interface DirectoryFilters {
  profession?: string
  municipality?: string
  acceptsNewPatients?: 'true'
  team?: string
  teleconsultation?: 'true'
  homeVisits?: 'true'
  language?: string
  freshness?: 'fresh' | 'stale'
  publication?: 'internal' | 'public' | 'refused' | 'unasked'
  /** Typed: a name or a place. */
  q?: string
}

/** What was sent, enough to take it back. */
export interface Sent {
  id: string
  version: number
}

interface PageWanted extends DirectoryFilters {
  limit: number
  cursor?: string
}

/** What is typed travels in a body, never in an address. */
const pageOfDirectory = (http: Http, { q, ...query }: PageWanted, signal?: AbortSignal) =>
  q
    ? http.post('/practitioners/search', { ...query, q }, Practitioners, { signal })
    : http.get('/practitioners', Practitioners, { query, signal })

/** The calls of the directory and of a practitioner's page. */
export function directoryApi(http: Http) {
  return {
    find: (filters: DirectoryFilters, cursor: string | undefined, signal?: AbortSignal) =>
      pageOfDirectory(http, { ...filters, limit: 50, cursor }, signal),
    /** A page as large as they come: for paper. */
    findMany: (filters: DirectoryFilters, cursor: string | undefined, signal?: AbortSignal) =>
      pageOfDirectory(http, { ...filters, limit: 200, cursor }, signal),
    teams: async (signal: AbortSignal) => (await http.get('/teams', Teams, { signal })).items,
    needs: (signal: AbortSignal) => http.get('/territory/needs', CommuneNeeds, { signal }),
    entry: (id: string, signal: AbortSignal) => http.get(`/practitioners/${id}`, Practitioner, { signal }),
    capacity: (id: string, signal: AbortSignal) =>
      http.get(`/practitioners/${id}/intake-capacity`, IntakeCapacity, { signal }),
    absences: async (id: string, signal: AbortSignal) =>
      (await http.get(`/practitioners/${id}/absences`, Absences, { signal })).items,
    /** What somebody said of their places and absences, written down in their name. */
    notePlaces: (id: string, body: Record<string, unknown>) =>
      http.put(`/practitioners/${id}/intake-capacity`, body, IntakeCapacity),
    noteAbsence: (id: string, body: Record<string, unknown>) =>
      http.post(`/practitioners/${id}/absences`, body, Absence, { idempotencyKey: crypto.randomUUID() }),
    noteRemoval: (id: string, absenceId: string, body: Record<string, unknown>) =>
      http.post(`/practitioners/${id}/absences/${absenceId}/removal`, body, z.void()),
    activity: (id: string, signal: AbortSignal) =>
      http.get(`/practitioners/${id}/activity`, PractitionerActivity, { signal }),
    waiting: (id: string, cursor: string | undefined, signal: AbortSignal) =>
      http.get(`/practitioners/${id}/waiting-patients`, Waiting, { query: { limit: waitingPage, cursor }, signal }),
    /** Offers one search to this practitioner alone, by the act of the search. */
    offer: async (id: string, { caseId, version }: WaitingPatient, idempotencyKey: string): Promise<Sent> => {
      const body = { mode: 'direct', practitionerIds: [id], version }
      const path = `${casePaths['gp-search']}/${caseId}/proposals`
      const { items } = await http.post(path, body, Proposed, { idempotencyKey })
      const made = items.find(({ practitioner, status }) => practitioner.id === id && status === 'pending')
      if (!made) throw new Error('The answer does not hold the proposal that was made')
      return { id: made.id, version: made.version }
    },
    withdraw: ({ id, version }: Sent) => http.post(`/proposals/${id}/withdrawal`, { version }, OwnProposal),
  }
}

export type DirectoryApi = ReturnType<typeof directoryApi>
