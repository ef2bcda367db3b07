import type * as z from 'zod'
import type { ChangeSavedView, NewSavedView, SavedView, SavedViews } from '../coordination/saved-views.ts'
import type { OperationExamples } from './operation-examples.ts'

const query = {
  kind: 'gp-search',
  status: ['eligible'],
  band: ['P1', 'P2'],
  municipality: ['33063'],
  owner: 'me-or-none',
  due: 'by-friday',
  sort: 'queue',
  columns: [],
} satisfies z.input<typeof SavedView>['query']

const given = { name: 'À proposer cette semaine', query, shared: true } satisfies z.input<typeof NewSavedView>

const view = {
  ...given,
  id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c20',
  mine: true,
  ownerName: 'Claude Coordination',
  version: 1,
} satisfies z.input<typeof SavedView>

/** The views of the queue that people keep. */
export const worklistExamples = {
  getSavedViews: { answer: { items: [view] } satisfies z.input<typeof SavedViews> },
  postSavedViews: { bodies: { view: given }, answer: view },
  putSavedViewsById: {
    bodies: { renamed: { ...given, version: 1 } satisfies z.input<typeof ChangeSavedView> },
    answer: { ...view, version: 2 },
  },
} satisfies OperationExamples
