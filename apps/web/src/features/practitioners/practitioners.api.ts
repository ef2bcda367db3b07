import type { CaseKindName } from '@maillage/contracts/cases'
import { pageOf } from '@maillage/contracts/kit/page'
import { Absence, IntakeCapacity, type NewAbsence, type SetIntakeCapacity } from '@maillage/contracts/practitioners'
import { OwnProposal } from '@maillage/contracts/proposals'
import * as z from 'zod'
import { AnyCase, casePaths } from '../../kernel/acts/case-paths.ts'
import type { Http } from '../../platform/http.ts'

const Proposals = pageOf(OwnProposal)
const Cases = pageOf(AnyCase)
const Absences = z.object({ items: z.array(Absence) })

/** What the practitioner's own patients and places ask of the API. */
export interface PractitionersApi {
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
