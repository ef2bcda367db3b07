import type * as z from 'zod'
import type { CaseReading, LiveAnswer } from '../coordination/live.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleOwner } from './people.ts'

/** What changes on open screens, and who is reading what. */
export const liveExamples = {
  getLive: {
    answer: {
      id: '5f0c1be0a9d2.42.1772445600000',
      reset: false,
      changes: [
        {
          what: 'case',
          id: exampleIds.gpSearch,
          kind: 'gp-search',
          version: 3,
          entry: exampleIds.event,
          own: false,
        },
      ],
    } satisfies z.input<typeof LiveAnswer>,
    text: `id: 5f0c1be0a9d2.42.1772445600000\nevent: changes\ndata: [{"what":"case","id":"${exampleIds.gpSearch}","kind":"gp-search","version":3,"own":false}]\n\n`,
  },
  putCasesByIdReading: {
    answer: {
      readers: [{ displayName: exampleOwner.displayName }],
      lastSeenAt: '2026-03-02T10:00:00.000Z',
      changesSince: 3,
    } satisfies z.input<typeof CaseReading>,
  },
} as const satisfies OperationExamples
