import type * as z from 'zod'
import type { CoordinatorAbsence, NewCoordinatorAbsence } from '../coordination/coordinator-absences.ts'
import type { HandOver } from '../coordination/hand-over.ts'
import type { Home } from '../coordination/home.ts'
import type { CaseLine, ChangeReminder, ReminderLine } from '../coordination/reminders.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleOwner, examplePhysician } from './people.ts'

const colleague = { id: exampleIds.otherAccount, displayName: 'Sasha Coordination' } as const

const line = {
  id: exampleIds.gpSearch,
  reference: 'MT-2026-0042',
  kind: 'gp-search',
  status: 'proposing',
  firstName: 'Camille',
  lastName: 'Modèle',
  owner: exampleOwner,
  version: 4,
} as const satisfies z.input<typeof CaseLine>

const callback = {
  id: exampleIds.reminder,
  dueAt: '2026-03-03T13:00:00.000Z',
  text: 'Rappeler demain 14 h.',
  assignee: exampleOwner,
  doneAt: null,
} as const

const absence = {
  id: exampleIds.absence,
  account: exampleOwner,
  deputy: colleague,
  from: '2026-03-09',
  until: '2026-03-13',
} as const satisfies z.input<typeof CoordinatorAbsence>

const home = {
  since: '2026-03-01T17:10:00.000Z',
  figures: {
    late: 6,
    oldestLateAt: '2026-02-28T09:00:00.000Z',
    dueToday: 14,
    new: 9,
    newUnowned: 6,
    unmet: 2,
    unmetRecent: 2,
  },
  answers: {
    items: [
      {
        id: exampleIds.proposal,
        status: 'accepted',
        reason: null,
        practitioner: examplePhysician.displayName,
        at: '2026-03-02T09:31:00.000Z',
        case: line,
      },
    ],
    total: 1,
  },
  departures: { items: [], total: 0 },
  alerts: {
    items: [{ case: line, reason: 'first-band', band: 'P1', since: '2026-03-02T07:00:00.000Z', toldAt: null }],
    total: 1,
  },
  standIns: [{ colleague, until: '2026-03-06', late: 2, callbacks: 1, alerts: 0 }],
  absence,
} as const satisfies z.input<typeof Home>

/** The start of a coordinator's day: the home page, the callbacks, who is away, and what is handed over. */
export const homeExamples = {
  getHome: { answer: home },
  postHomeVisits: {},
  getHomeLate: { answer: { late: 3 } },
  getReminders: {
    answer: {
      items: [{ ...callback, case: line, phone: '+33639980012', version: 1 } satisfies z.input<typeof ReminderLine>],
      next: null,
    },
  },
  putRemindersById: {
    bodies: {
      postpone: {
        dueAt: '2026-03-04T13:00:00.000Z',
        text: callback.text,
        assigneeId: exampleIds.account,
        done: false,
        version: 1,
      } satisfies z.input<typeof ChangeReminder>,
    },
    answer: { ...callback, dueAt: '2026-03-04T13:00:00.000Z', version: 2, caseVersion: 5 },
  },
  getCoordinatorAbsences: { answer: { items: [absence] } },
  postCoordinatorAbsences: {
    bodies: {
      own: {
        from: absence.from,
        until: absence.until,
        deputyId: exampleIds.otherAccount,
      } satisfies z.input<typeof NewCoordinatorAbsence>,
    },
    answer: absence,
  },
  getHandOver: {
    answer: {
      owner: exampleOwner,
      proposals: [
        {
          id: exampleIds.proposal,
          caseId: line.id,
          reference: line.reference,
          practitioner: examplePhysician,
          sentAt: '2026-03-02T09:00:00.000Z',
          expiresAt: '2026-03-04T09:00:00.000Z',
        },
      ],
      notes: [
        {
          id: exampleIds.event,
          caseId: line.id,
          reference: line.reference,
          at: '2026-03-02T09:10:00.000Z',
          by: exampleOwner.displayName,
          text: 'A rappelé, toujours demandeur.',
        },
      ],
    } satisfies z.input<typeof HandOver>,
  },
} satisfies OperationExamples
