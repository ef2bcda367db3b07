import {
  CoordinatorAbsence,
  CoordinatorAbsences,
  type NewCoordinatorAbsence,
} from '@maillage/contracts/coordination/coordinator-absences'
import { Home } from '@maillage/contracts/coordination/home'
import { type ChangeReminder, ReminderChanged, ReminderLine } from '@maillage/contracts/coordination/reminders'
import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistItem } from '@maillage/contracts/worklist'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const WorklistPage = pageOf(WorklistItem)
const RemindersPage = pageOf(ReminderLine)
const Nothing = z.undefined()

/** The calls of the home page and of the absences. */
export function homeApi(http: Http) {
  return {
    home: (signal?: AbortSignal) => http.get('/home', Home, { signal }),
    visit: () => http.post('/home/visits', undefined, Nothing),
    /** What will be late first, over the whole queue. */
    first: (limit: number, signal?: AbortSignal) => http.get('/worklist', WorklistPage, { query: { limit }, signal }),
    callbacks: (signal?: AbortSignal) =>
      http.get('/reminders', RemindersPage, { query: { assignee: 'me', due: 'today', limit: 50 }, signal }),
    changeCallback: (id: string, body: ChangeReminder) => http.put(`/reminders/${id}`, body, ReminderChanged),
    absences: (signal?: AbortSignal) => http.get('/coordinator-absences', CoordinatorAbsences, { signal }),
    declareAbsence: (body: NewCoordinatorAbsence, idempotencyKey: string) =>
      http.post('/coordinator-absences', body, CoordinatorAbsence, { idempotencyKey }),
    endAbsence: (id: string) => http.delete(`/coordinator-absences/${id}`, Nothing),
  }
}
