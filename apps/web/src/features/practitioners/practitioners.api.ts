import type { CaseKindName } from '@maillage/contracts/cases'
import { pageOf } from '@maillage/contracts/kit/page'
import {
  Absence,
  IntakeCapacity,
  type NewAbsence,
  Practitioner,
  type SetIntakeCapacity,
} from '@maillage/contracts/practitioners'
import { OwnProposal } from '@maillage/contracts/proposals'
import * as z from 'zod'
import { AnyCase, casePaths } from '../../kernel/acts/case-paths.ts'
import type { Http } from '../../platform/http.ts'

const Practitioners = pageOf(Practitioner)
const Proposals = pageOf(OwnProposal)
const Cases = pageOf(AnyCase)
const Absences = z.object({ items: z.array(Absence) })

export interface DirectoryFilters {
  profession?: string
  municipality?: string
  acceptsNewPatients?: 'true'
  q?: string
}

/** What the directory, and the practitioner's own patients and places, ask of the API. */
export interface PractitionersApi {
  find: (
    filters: DirectoryFilters,
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<z.infer<typeof Practitioners>>
  accepted: (signal: AbortSignal) => Promise<OwnProposal[]>
  openCases: (kind: CaseKindName, signal: AbortSignal) => Promise<AnyCase[]>
  capacity: (id: string, signal: AbortSignal) => Promise<IntakeCapacity>
  setCapacity: (id: string, body: SetIntakeCapacity) => Promise<IntakeCapacity>
  absences: (id: string, signal: AbortSignal) => Promise<Absence[]>
  addAbsence: (id: string, body: NewAbsence) => Promise<Absence>
  removeAbsence: (id: string, absenceId: string) => Promise<void>
}

/** The calls of the slice, each answer read by its contract. */
export function practitionersApi(http: Http): PractitionersApi {
  return {
    find: (filters, cursor, signal) =>
      http.get('/practitioners', Practitioners, { query: { ...filters, limit: 50, cursor }, signal }),
    accepted: async (signal) =>
      (await http.get('/proposals', Proposals, { query: { status: 'accepted', limit: 200 }, signal })).items,
    openCases: async (kind, signal) =>
      (await http.get(casePaths[kind], Cases, { query: { limit: 200 }, signal })).items,
    capacity: (id, signal) => http.get(`/practitioners/${id}/intake-capacity`, IntakeCapacity, { signal }),
    setCapacity: (id, body) => http.put(`/practitioners/${id}/intake-capacity`, body, IntakeCapacity),
    absences: async (id, signal) => (await http.get(`/practitioners/${id}/absences`, Absences, { signal })).items,
    addAbsence: (id, body) => http.post(`/practitioners/${id}/absences`, body, Absence),
    removeAbsence: (id, absenceId) => http.delete(`/practitioners/${id}/absences/${absenceId}`, z.void()),
  }
}
