import type * as z from 'zod'
import type { AuditEntry } from '../audit.ts'
import type { NewCaseLink } from '../case-links.ts'
import type {
  CaseFound,
  ChangeOwner,
  ContactAttemptKept,
  NewContactAttempt,
  NewNote,
  OverridePriority,
  TimelineAddition,
  TimelineEntry,
} from '../cases.ts'
import type { NewReminder, Reminder, ReminderKept } from '../coordination/reminders.ts'
import type { Reading } from '../trail/readings.ts'
import type { WorklistCounts, WorklistItem, WorklistRows, WorklistSearch } from '../worklist.ts'
import { gpSearchHeader } from './gp-search.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleOwner } from './people.ts'

const moved = {
  id: exampleIds.event,
  at: '2026-03-02T10:00:00.000Z',
  type: 'move',
  action: 'qualify',
  by: exampleOwner.displayName,
  byRole: 'coordinator',
  fromStatus: 'submitted',
  toStatus: 'eligible',
  reason: null,
  text: null,
  practitioner: null,
  onBehalf: null,
} as const satisfies z.input<typeof TimelineEntry>

const told = { ...moved, fromStatus: null, toStatus: null, caseVersion: 3 } as const

const reminder = {
  id: exampleIds.reminder,
  dueAt: '2026-03-03T13:00:00.000Z',
  text: 'Rappeler demain 14 h.',
  assignee: exampleOwner,
  doneAt: null,
} as const satisfies z.input<typeof Reminder>

const line = {
  id: exampleIds.gpSearch,
  reference: 'MT-2026-0042',
  kind: 'gp-search',
  status: 'eligible',
  band: 'P2',
  score: 55,
  dueAt: '2026-03-04T17:00:00.000Z',
  dueCode: 'find-practitioner',
  firstName: 'Camille',
  lastName: 'Modèle',
  birthDate: '1948-06-15',
  sex: 'female',
  municipality: 'Bordeaux',
  ownerId: exampleOwner.id,
  ownerName: exampleOwner.displayName,
  openedAt: '2026-03-02T09:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
  escalated: false,
  liveProposals: 0,
  householdSize: 1,
  coverage: [],
  acts: ['close'],
  version: 2,
} satisfies z.input<typeof WorklistItem>

const page = { items: [line], next: null }

/** What every case shares: its story, its callbacks, its place in the queue, its trail. */
export const caseExamples = {
  getCases: { answer: { id: exampleIds.gpSearch, kind: 'gp-search' } satisfies z.input<typeof CaseFound> },
  getCasesByIdTimeline: { answer: { items: [moved], next: null } },
  postCasesByIdNotes: {
    bodies: { note: { text: 'A rappelé, toujours demandeur.' } satisfies z.input<typeof NewNote> },
    answer: {
      ...told,
      type: 'note',
      action: 'add',
      text: 'A rappelé, toujours demandeur.',
    } satisfies z.input<typeof TimelineAddition>,
  },
  postCasesByIdContactAttempts: {
    bodies: {
      unanswered: { channel: 'phone', result: 'no-answer', with: 'patient' } satisfies z.input<
        typeof NewContactAttempt
      >,
    },
    answer: {
      ...told,
      type: 'contact-attempt',
      action: 'phone',
      reason: 'no-answer',
      failedAttempts: 1,
      suggestsClosure: false,
    } satisfies z.input<typeof ContactAttemptKept>,
  },
  getCasesByIdReminders: { answer: { items: [reminder], next: null } },
  postCasesByIdReminders: {
    bodies: {
      callback: {
        dueAt: reminder.dueAt,
        text: reminder.text,
        assigneeId: exampleOwner.id,
      } satisfies z.input<typeof NewReminder>,
    },
    answer: { ...reminder, caseVersion: 3 } satisfies z.input<typeof ReminderKept>,
  },
  postCasesByIdRemindersByReminderIdDone: {
    answer: { ...reminder, doneAt: '2026-03-03T13:05:00.000Z', caseVersion: 4 } satisfies z.input<typeof ReminderKept>,
  },
  putCasesByIdOwner: {
    bodies: {
      'hand over': { ownerId: exampleOwner.id, version: 2 },
      'let go': { ownerId: null, version: 2 },
    } satisfies Record<string, z.input<typeof ChangeOwner>>,
    answer: gpSearchHeader,
  },
  postCasesByIdLinks: {
    bodies: { 'one story': { reference: 'SH-2026-0007', version: 2 } satisfies z.input<typeof NewCaseLink> },
    answer: gpSearchHeader,
  },
  deleteCasesByIdLinksByLinkedId: { answer: gpSearchHeader },
  postCasesByIdPrints: {},
  putCasesByIdPriority: {
    bodies: {
      'one band up': { band: 'P1', reason: 'Traitement interrompu.', version: 2 },
      'back to the rules': { band: null, reason: 'Traitement renouvelé.', version: 3 },
    } satisfies Record<string, z.input<typeof OverridePriority>>,
    answer: gpSearchHeader,
  },
  getWorklist: { answer: page },
  postWorklistSearch: {
    bodies: {
      name: { q: 'modele camille' },
      reference: { q: 'MT-2026-0042', kind: ['gp-search'] },
    } satisfies Record<string, z.input<typeof WorklistSearch>>,
    answer: { ...page, isPartial: false },
  },
  postWorklistRows: {
    bodies: {
      'two cases': { ids: [exampleIds.gpSearch, exampleIds.unscheduledCare] } satisfies z.input<typeof WorklistRows>,
    },
    answer: { items: [line] },
  },
  getWorklistCounts: {
    answer: {
      open: 3,
      late: 1,
      dueToday: 1,
      byKind: { 'gp-search': 1, 'unscheduled-care': 1, 'hospital-discharge': 1 },
      byBand: { P1: 0, P2: 2, P3: 1, P4: 0 },
      byStatus: [{ kind: 'gp-search', status: 'eligible', count: 1 }],
      unmet: 0,
    } satisfies z.input<typeof WorklistCounts>,
  },
  getAuditEntries: {
    answer: {
      items: [
        {
          id: exampleIds.auditEntry,
          at: '2026-03-02T10:00:00.000Z',
          actor: exampleOwner.displayName,
          role: 'coordinator',
          action: 'gp-search.qualify',
          caseReference: 'MT-2026-0042',
          from: 'submitted',
          to: 'eligible',
          outcome: 'done',
          onBehalf: false,
          onBehalfOf: null,
        } satisfies z.input<typeof AuditEntry>,
      ],
      next: null,
    },
  },
  getReadings: {
    answer: {
      reference: 'MT-2026-0042',
      kind: 'gp-search',
      keptMonths: 36,
      items: [
        {
          day: '2026-03-02',
          by: exampleOwner.displayName,
          role: 'coordinator',
          way: 'opened',
          onBehalfOf: null,
          firstAt: '2026-03-02T09:00:00.000Z',
          lastAt: '2026-03-02T10:00:00.000Z',
          times: 2,
        } satisfies z.input<typeof Reading>,
      ],
      next: null,
    },
  },
} satisfies OperationExamples
