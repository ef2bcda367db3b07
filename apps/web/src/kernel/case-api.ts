import { Candidates, type Relaxation } from '@maillage/contracts/candidates'
import {
  CaseFound,
  CaseHeader,
  type CaseKindName,
  type ChangeOwner,
  ContactAttemptKept,
  type NewContactAttempt,
  type NewNote,
  type OverridePriority,
  TimelineAddition,
  TimelineEntry,
} from '@maillage/contracts/cases'
import { type NewReminder, Reminder, ReminderKept } from '@maillage/contracts/coordination/reminders'
import type { CaseId, NeedId, PatientId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import { Patient } from '@maillage/contracts/patients'
import { type Propose, Proposed } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import type { Http } from '../platform/http.ts'
import { casePaths } from './acts/case-paths.ts'

/** Where the API keeps a case of this kind. */
export const casePath = (kind: CaseKindName, id: CaseId): string => `${casePaths[kind]}/${id}`

const TimelinePage = pageOf(TimelineEntry)
const RemindersPage = pageOf(Reminder)

export interface CandidatesWanted {
  needId?: NeedId
  /** What is given up of what was asked for. */
  relax: readonly Relaxation[]
  withinKm?: number
}

/** The calls about a case that know nothing of its kind. */
export function caseApi(http: Http) {
  return {
    find: (reference: string, signal?: AbortSignal) => http.get('/cases', CaseFound, { query: { reference }, signal }),
    timeline: (id: CaseId, cursor: string | undefined, signal?: AbortSignal) =>
      http.get(`/cases/${id}/timeline`, TimelinePage, { query: { limit: 200, cursor }, signal }),
    addNote: (id: CaseId, note: z.input<typeof NewNote>, idempotencyKey: string) =>
      http.post(`/cases/${id}/notes`, note, TimelineAddition, { idempotencyKey }),
    addContactAttempt: (id: CaseId, attempt: NewContactAttempt, idempotencyKey: string) =>
      http.post(`/cases/${id}/contact-attempts`, attempt, ContactAttemptKept, { idempotencyKey }),
    reminders: (id: CaseId, signal?: AbortSignal) => http.get(`/cases/${id}/reminders`, RemindersPage, { signal }),
    addReminder: (id: CaseId, reminder: z.input<typeof NewReminder>, idempotencyKey: string) =>
      http.post(`/cases/${id}/reminders`, reminder, ReminderKept, { idempotencyKey }),
    finishReminder: (id: CaseId, reminderId: string) =>
      http.post(`/cases/${id}/reminders/${reminderId}/done`, undefined, ReminderKept),
    changeOwner: (id: CaseId, body: z.input<typeof ChangeOwner>) => http.put(`/cases/${id}/owner`, body, CaseHeader),
    overridePriority: (id: CaseId, body: z.input<typeof OverridePriority>) =>
      http.put(`/cases/${id}/priority`, body, CaseHeader),
    patient: (id: PatientId, signal?: AbortSignal) => http.get(`/patients/${id}`, Patient, { signal }),
    candidates: (path: string, { needId, relax, withinKm }: CandidatesWanted, signal?: AbortSignal) =>
      http.get(`${path}/candidates`, Candidates, { query: { needId, relax, withinKm, limit: 50 }, signal }),
    propose: (path: string, body: z.input<typeof Propose>, idempotencyKey: string) =>
      http.post(`${path}/proposals`, body, Proposed, { idempotencyKey }),
  }
}
