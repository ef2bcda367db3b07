import { DuplicatePair } from '@maillage/contracts/coordination/duplicates'
import {
  PatientIdentity,
  type RecordIdentity,
  RevealedHealthId,
} from '@maillage/contracts/coordination/patient-identity'
import type { PatientId } from '@maillage/contracts/kit/ids'
import { soughtPageOf } from '@maillage/contracts/kit/page'
import { Patient, PatientFound } from '@maillage/contracts/patients'
import type { Http } from '../../platform/http.ts'

const Found = soughtPageOf(PatientFound)

/** The calls about one patient's record. */
export function patientsApi(http: Http) {
  return {
    read: (id: string, signal?: AbortSignal) => http.get(`/patients/${id}`, Patient, { signal }),
    identity: (id: string, signal?: AbortSignal) => http.get(`/patients/${id}/identity`, PatientIdentity, { signal }),
    recordIdentity: (id: string, body: RecordIdentity) => http.put(`/patients/${id}/identity`, body, PatientIdentity),
    revealHealthId: (id: string) => http.post(`/patients/${id}/identity/reveal`, undefined, RevealedHealthId),
    search: (q: string) => http.post('/patients/search', { q, limit: 10 }, Found),
    join: (id: PatientId, body: { patientId: PatientId; version: number }) =>
      http.post(`/patients/${id}/household-members`, body, Patient),
    leave: (id: PatientId, version: number) => http.post(`/patients/${id}/household-leave`, { version }, Patient),
    compare: (one: PatientId, other: PatientId) =>
      http.post('/duplicates', { patientIds: [one, other] }, DuplicatePair),
  }
}
