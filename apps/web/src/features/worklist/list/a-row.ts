import { WorklistItem } from '@maillage/contracts/worklist'

/** An invented row of the queue, for tests. */
export const aRow = ({ n = 1, ...over }: Partial<WorklistItem> & { n?: number } = {}): WorklistItem => ({
  ...WorklistItem.parse({
    id: `019aa5d2-0000-7000-8000-${String(n).padStart(12, '0')}`,
    reference: `MT-2026-${String(n).padStart(4, '0')}`,
    kind: 'gp-search',
    status: 'eligible',
    band: 'P2',
    score: 40,
    dueAt: null,
    dueCode: null,
    firstName: 'Odette',
    lastName: 'Pailhès',
    birthDate: '1938-01-01',
    sex: 'female',
    municipality: 'Congénies',
    ownerId: null,
    ownerName: null,
    openedAt: '2026-11-01T09:00:00.000Z',
    updatedAt: '2026-11-01T09:00:00.000Z',
    escalated: false,
    liveProposals: 0,
    householdSize: 1,
    coverage: [],
    acts: ['propose', 'close'],
    version: 1,
  }),
  ...over,
})
