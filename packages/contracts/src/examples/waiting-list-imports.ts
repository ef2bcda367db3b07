import type * as z from 'zod'
import type {
  ChangeImportMapping,
  ImportLine,
  ImportPreview,
  ImportRefusal,
  WaitingListImport,
  WaitingListImportSummary,
} from '../waiting-list-imports.ts'
import type { OperationExamples } from './operation-examples.ts'

const summary = {
  id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1d01',
  fileName: 'liste d’attente.xlsx',
  status: 'done',
  lines: 120,
  done: 120,
  counts: { opened: 112, alreadyThere: 4, repeated: 1, refused: 3, lookAlike: 2 },
  createdBy: 'Coordination d’essai',
  createdAt: '2026-03-02T09:00:00.000Z',
  finishedAt: '2026-03-02T09:00:09.000Z',
  undoableUntil: '2026-03-09T09:00:09.000Z',
  undone: null,
  version: 3,
} as const satisfies z.input<typeof WaitingListImportSummary>

const draft = {
  ...summary,
  status: 'draft',
  done: 0,
  counts: { opened: 0, alreadyThere: 0, repeated: 0, refused: 0, lookAlike: 0 },
  finishedAt: null,
  undoableUntil: null,
  version: 1,
  sheet: 'Feuille 1',
  sheets: ['Feuille 1'],
  headerLine: 3,
  columns: [
    {
      index: 0,
      header: 'Nom',
      hidden: false,
      field: 'lastName',
      score: 0.9,
      alternatives: [],
      samples: ['ESSAI', 'MODÈLE'],
    },
  ],
  problems: [{ code: 'missing-birth-date', field: null, headers: [] }],
} as const satisfies z.input<typeof WaitingListImport>

const over = { ...draft, ...summary, columns: [], problems: [] } satisfies z.input<typeof WaitingListImport>
const refusal = {
  code: 'year-only',
  column: 'Né(e) le',
  value: '1944',
  candidates: [],
} satisfies z.input<typeof ImportRefusal>

const preview = {
  readable: 119,
  refused: 1,
  refusedBy: [{ code: 'year-only', count: 1, firstLines: [7] }],
  ignored: [{ line: 124, cause: 'totals' }],
  items: [
    {
      line: 4,
      displayName: 'Camille Essai',
      birthDate: '1944-03-12',
      municipality: 'Bordeaux',
      registeredAt: '2026-02-03',
      keptAsNote: ['Divers'],
      refusals: [],
    },
    {
      line: 7,
      displayName: null,
      birthDate: null,
      municipality: null,
      registeredAt: null,
      keptAsNote: [],
      refusals: [refusal],
    },
  ],
} satisfies z.input<typeof ImportPreview>

const line = {
  line: 7,
  outcome: 'refused',
  caseId: null,
  reference: null,
  lookAlike: false,
  sameAsLine: null,
  refusals: [refusal],
} satisfies z.input<typeof ImportLine>

const mapping = { version: 1, choices: [{ index: 2, field: 'birthDate' }] } satisfies z.input<
  typeof ChangeImportMapping
>

/** What the operations on waiting lists take and give; every person in it is invented. */
export const waitingListImportExamples: OperationExamples = {
  postWaitingListImports: { bodies: { list: 'Nom;Prénom;Né(e) le;Commune' }, answer: draft },
  getWaitingListImports: { answer: { items: [summary], next: null } },
  getWaitingListImportsById: { answer: over },
  putWaitingListImportsByIdMapping: { bodies: { mapping }, answer: draft },
  getWaitingListImportsByIdPreview: { answer: preview },
  postWaitingListImportsByIdStart: { bodies: { seen: { version: 2 } }, answer: { ...over, status: 'running' } },
  postWaitingListImportsByIdUndo: { bodies: { seen: { version: 3 } }, answer: { ...over, status: 'undoing' } },
  getWaitingListImportsByIdLines: { answer: { items: [line], next: null } },
  getWaitingListImportsByIdRejectedLines: { answer: 'Nom;Prénom;Né(e) le;Motif du refus\r\n' },
}
