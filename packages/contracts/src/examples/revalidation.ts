import type * as z from 'zod'
import type {
  AnswerRevalidation,
  CampaignPart,
  CampaignPreview,
  ConfirmSearch,
  PostLetters,
  ReasonsReport,
  RevalidationKept,
  RevalidationOverview,
  ToReach,
  UndoRevalidationAnswer,
} from '../revalidation.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds } from './people.ts'

const id = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1d01'
const campaignId = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1d02'
const progress = {
  asked: 120,
  stillSearching: 61,
  found: 14,
  noLongerWanted: 3,
  waiting: 22,
  toReach: 12,
  bounced: 4,
  grace: 5,
  closed: 2,
  ended: 1,
}
const kept = { id, version: 3, status: 'answered' } as const satisfies z.input<typeof RevalidationKept>
const overview = {
  rolling: progress,
  campaigns: [
    {
      id: campaignId,
      startedAt: '2026-03-02T09:00:00.000Z',
      startedBy: 'Coordination d’essai',
      part: { municipality: '33063', band: 'P3' },
      municipalityName: 'Bordeaux',
      progress,
    },
  ],
  toReach: 24,
  delays: { everyDays: 90, attemptDays: [0, 7, 14], graceDays: 30 },
} as const satisfies z.input<typeof RevalidationOverview>
const person = {
  id,
  version: 2,
  caseId: exampleIds.gpSearch,
  reference: 'MT-2026-0042',
  displayName: 'Camille Modèle',
  birthDate: '1948-06-15',
  householdSize: 1,
  municipality: 'Bordeaux',
  band: 'P3',
  registeredAt: '2025-11-20T09:00:00.000Z',
  channel: 'phone',
  phones: ['+33536490001'],
  hoursToCall: 'le matin',
  address: ['12 rue des Essais', '33000 Bordeaux'],
  attempts: 2,
  bounced: false,
  since: '2026-03-16T09:00:00.000Z',
} as const satisfies z.input<typeof ToReach>
const preview = {
  total: 120,
  byChannel: { email: 70, sms: 30, phone: 18, letter: 2 },
  alreadyAsked: 4,
  most: 20_000,
} as const satisfies z.input<typeof CampaignPreview>
const reasons = {
  from: '2026-01-01',
  to: '2026-03-31',
  entered: 240,
  byLoss: [{ code: 'retired', count: 130 }],
  byChannel: [{ code: 'phone', count: 150 }],
  byRequester: [{ code: 'coordinator', count: 150 }],
  left: 180,
  byExit: [{ code: 'declared', count: 120 }],
} as const satisfies z.input<typeof ReasonsReport>

/** Asking those who wait whether they still search. */
export const revalidationExamples = {
  getRevalidation: { answer: overview },
  getRevalidationCampaignsPreview: { answer: preview },
  postRevalidationCampaigns: {
    bodies: { 'one commune': { municipality: '33063' } satisfies z.input<typeof CampaignPart> },
    answer: { id: campaignId, asked: 120 },
  },
  getRevalidations: { answer: { items: [person], next: null } },
  postRevalidationsByIdAnswer: {
    bodies: {
      'still searching': { answer: 'still-searching', version: 2 } satisfies z.input<typeof AnswerRevalidation>,
    },
    answer: kept,
  },
  postRevalidationsByIdUndo: {
    bodies: { 'as seen': { version: 3 } satisfies z.input<typeof UndoRevalidationAnswer> },
    answer: { ...kept, version: 4, status: 'to-reach' },
  },
  postRevalidationLetters: {
    bodies: { 'one letter': { ids: [id] } satisfies z.input<typeof PostLetters> },
    answer: { posted: 1 },
  },
  postGpSearchesByIdStillSearching: {
    bodies: { 'as seen': { version: 4 } satisfies z.input<typeof ConfirmSearch> },
    answer: { caseVersion: 5 },
  },
  getSearchReasons: { answer: reasons },
} satisfies OperationExamples
