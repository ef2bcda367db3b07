import type * as z from 'zod'
import type { MessageThread, NewMessage, ReadMessages, UnreadMessages } from '../coordination/messages.ts'
import type { DischargeBoard, ReschedulePreview } from '../discharges/discharge-board.ts'
import type {
  ChangeDischargeTemplate,
  DischargeTemplate,
  DischargeTemplates,
  NewDischargeTemplate,
} from '../discharges/discharge-templates.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleNurse } from './people.ts'

const board = {
  from: '2026-03-05',
  days: 4,
  since: '2026-03-03T23:00:00.000Z',
  items: [
    {
      id: exampleIds.hospitalDischarge,
      reference: 'SH-2026-0013',
      version: 6,
      status: 'partially_covered',
      band: 'P2',
      expectedDischargeAt: '2026-03-06T13:00:00.000Z',
      patient: { firstName: 'Solange', lastName: 'Essai', birthDate: '1941-03-14', municipality: 'Bordeaux' },
      unit: { name: 'Médecine interne', organization: 'Hôpital d’essai' },
      needs: [
        {
          id: exampleIds.need,
          type: 'home-nurse',
          status: 'covered',
          vital: true,
          carer: exampleNurse.displayName,
          firstVisitAt: '2026-03-07T07:30:00.000Z',
          reconfirmationPending: false,
          answerBy: null,
          declines: 1,
        },
      ],
      dueAt: '2026-03-05T13:00:00.000Z',
      dueCode: 'cover-needs',
      escalatedAt: null,
      isNew: false,
      movedFrom: '2026-03-07T13:00:00.000Z',
    },
  ],
  left: 0,
  cancelled: [],
} as const satisfies z.input<typeof DischargeBoard>

const preview = {
  from: '2026-03-06T13:00:00.000Z',
  to: '2026-03-09T13:00:00.000Z',
  version: 6,
  asksAgain: true,
  reconfirmBy: '2026-03-07T13:00:00.000Z',
  needs: [
    {
      needId: exampleIds.need,
      type: 'home-nurse',
      status: 'covered',
      becomes: 'proposed',
      startAt: '2026-03-10T07:00:00.000Z',
      carer: { name: exampleNurse.displayName, phone: '+33536490011' },
      answer: 'reconfirm',
      byPhone: false,
      firstVisitAt: '2026-03-07T07:30:00.000Z',
      visitTooEarly: true,
    },
  ],
  coveredBefore: 1,
  coveredAfter: 0,
  wanted: 1,
  escalates: false,
} as const satisfies z.input<typeof ReschedulePreview>

const templateFields = {
  name: 'Prothèse de genou',
  needs: [
    {
      type: 'physiotherapy',
      label: 'Rééducation du genou',
      frequency: '3 fois par semaine',
      startsAfterHours: 48,
      lastsHours: 1440,
      atHome: true,
      prescriptionAvailable: true,
      vital: false,
    },
  ],
  checklist: { social_evaluation: 'yes' },
} satisfies Omit<z.input<typeof NewDischargeTemplate>, 'unitId'>
const newTemplate = { unitId: exampleIds.unit, ...templateFields } satisfies z.input<typeof NewDischargeTemplate>
const template = {
  ...newTemplate,
  id: '0190a5f0-0000-7000-8000-0000000000f1',
  unitName: 'Médecine interne',
  version: 1,
  updatedAt: '2026-03-02T09:00:00.000Z',
} satisfies z.input<typeof DischargeTemplate>

const messageId = '0190a5f0-0000-7000-8000-0000000000f2'
const thread = {
  items: [
    {
      id: messageId,
      at: '2026-03-05T10:12:00.000Z',
      by: 'Service d’essai',
      byRole: 'hospital_staff',
      isOwn: false,
      isRead: false,
      text: 'Le transport est prévu à 14 h.',
    },
  ],
  unread: 1,
  readAt: null,
} satisfies z.input<typeof MessageThread>

/** The board of the discharges, the templates of a ward, and what both sides write to each other. */
export const dischargeBoardExamples = {
  getHospitalDischargesBoard: { answer: board },
  getHospitalDischargesByIdReschedulePreview: { answer: preview },
  getDischargeTemplates: { answer: { items: [template] } satisfies z.input<typeof DischargeTemplates> },
  postDischargeTemplates: { bodies: { template: newTemplate }, answer: template },
  putDischargeTemplatesById: {
    bodies: { template: { ...templateFields, version: 1 } satisfies z.input<typeof ChangeDischargeTemplate> },
    answer: template,
  },
  getMessagesUnread: {
    answer: {
      items: [
        {
          caseId: exampleIds.hospitalDischarge,
          reference: 'SH-2026-0013',
          count: 1,
          lastAt: '2026-03-05T10:12:00.000Z',
        },
      ],
    } satisfies z.input<typeof UnreadMessages>,
  },
  getCasesByIdMessages: { answer: thread },
  postCasesByIdMessages: {
    bodies: { message: { text: 'Le transport est prévu à 14 h.' } satisfies z.input<typeof NewMessage> },
    answer: thread,
  },
  putCasesByIdMessagesReading: {
    bodies: { read: { upTo: messageId } satisfies z.input<typeof ReadMessages> },
    answer: thread,
  },
} satisfies OperationExamples
