import type * as z from 'zod'
import type { OperationExamples } from '../examples/operation-examples.ts'
import { exampleIds } from '../examples/people.ts'
import type { ExplainReading, ReadingAlert } from './reading-alerts.ts'

const alert = {
  id: exampleIds.auditEntry,
  by: 'Sacha Exemple',
  role: 'practitioner',
  day: '2026-03-02',
  reasons: [
    {
      rule: 'hour',
      files: 72,
      threshold: 60,
      firstAt: '2026-03-02T13:02:00.000Z',
      lastAt: '2026-03-02T13:58:00.000Z',
    },
  ],
  raisedAt: '2026-03-02T14:00:00.000Z',
  explainedAt: null,
  explainedBy: null,
  note: null,
  version: 1,
} satisfies z.input<typeof ReadingAlert>

export const readingAlertExamples = {
  getReadingAlerts: { answer: { items: [alert], next: null } },
  putReadingAlertsByIdExplanation: {
    bodies: {
      explained: { note: 'Revalidation de la liste, convenue en équipe.', version: 1 } satisfies z.input<
        typeof ExplainReading
      >,
      takenBack: { note: null, version: 2 } satisfies z.input<typeof ExplainReading>,
    },
    answer: {
      ...alert,
      explainedAt: '2026-03-03T09:00:00.000Z',
      explainedBy: 'Camille Modèle',
      note: 'Revalidation de la liste, convenue en équipe.',
      version: 2,
    },
  },
} satisfies OperationExamples
