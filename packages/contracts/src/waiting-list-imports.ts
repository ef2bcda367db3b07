import * as z from 'zod'
import { DayDate, Instant } from './kit/dates.ts'
import { CaseId, WaitingListImportId } from './kit/ids.ts'
import { PageQuery } from './kit/page.ts'

/** What a column of a waiting list may hold, as an opened search needs it. */
export const waitingListFields = [
  'birthName',
  'lastName',
  'firstName',
  'fullName',
  'birthDate',
  'age',
  'sex',
  'phone',
  'email',
  'address',
  'postalCode',
  'municipality',
  'municipalityCode',
  'hasLongTermCondition',
  'solidarityCover',
  'disabledAdultAllowance',
  'homebound',
  /** « Peut se déplacer » : the opposite of `homebound`. */
  'canTravel',
  'livesAlone',
  'pregnancyOrInfant',
  'previousGp',
  'lossReason',
  'treatmentDaysLeft',
  'doctorsAlreadyContacted',
  'registeredAt',
  /** The person agrees that their request is handled. */
  'consent',
  'freeText',
  /** A social security number, which is never imported, and our own « Motif du refus » of a corrected file. */
  'refused',
  'ignored',
] as const
export const WaitingListField = z.enum(waitingListFields)
export type WaitingListField = z.infer<typeof WaitingListField>

/** Fields that several columns may feed: two phones, remarks in two places. */
export const manyColumns: ReadonlySet<WaitingListField> = new Set(['phone', 'freeText', 'refused', 'ignored'])

/** Why a whole file is refused: the code of the 422. */
export const fileProblems = ['too-large', 'too-many-lines', 'protected', 'not-a-sheet', 'empty', 'no-header'] as const
export type FileProblem = (typeof fileProblems)[number]

/** Why a line cannot open a search. */
export const refusalCodes = [
  'missing-name',
  'missing-first-name',
  'ambiguous-name',
  'missing-birth-date',
  'age-is-not-a-birth-date',
  'unreadable-date',
  'impossible-date',
  'year-only',
  'ambiguous-century',
  'future-date',
  'too-old',
  'missing-municipality',
  'unknown-municipality',
  'ambiguous-municipality',
  'too-long',
  'consent-refused',
  'not-accepted',
] as const
export const RefusalCode = z.enum(refusalCodes)
export type RefusalCode = z.infer<typeof RefusalCode>

/** What the columns lack or leave in doubt. */
export const mappingProblemCodes = [
  'missing-name',
  'missing-first-name',
  'missing-birth-date',
  'age-is-not-a-birth-date',
  'missing-municipality',
  'two-columns-for-one-field',
] as const

/** `draft` until it is started; `interrupted` when a fault stopped it: starting again goes on where it stood. */
export const importStatuses = ['draft', 'running', 'interrupted', 'done', 'undoing', 'undone'] as const
export const ImportStatus = z.enum(importStatuses)
export type ImportStatus = z.infer<typeof ImportStatus>

/** Each line read has exactly one. */
export const lineOutcomes = ['opened', 'already-there', 'repeated', 'refused'] as const
export const LineOutcomeName = z.enum(lineOutcomes)

export const ImportColumn = z.object({
  index: z.int(),
  header: z.string(),
  hidden: z.boolean(),
  /** What it is taken for; null: left out. */
  field: WaitingListField.nullable(),
  /** From 0 to 1: how sure the proposal is. */
  score: z.number(),
  alternatives: z.array(WaitingListField),
  /** A few answers of the column, to recognise it by. */
  samples: z.array(z.string()),
})
export type ImportColumn = z.infer<typeof ImportColumn>

export const ImportMappingProblem = z.object({
  code: z.enum(mappingProblemCodes),
  field: WaitingListField.nullable(),
  headers: z.array(z.string()),
})
export type ImportMappingProblem = z.infer<typeof ImportMappingProblem>

export const ImportCounts = z.object({
  opened: z.int(),
  alreadyThere: z.int(),
  repeated: z.int(),
  refused: z.int(),
  /** Of those opened, how many look like a person known before. */
  lookAlike: z.int(),
})
export type ImportCounts = z.infer<typeof ImportCounts>

/** A list given, how far it went, and until when it can be undone. */
export const WaitingListImportSummary = z.object({
  id: WaitingListImportId,
  fileName: z.string(),
  status: ImportStatus,
  /** Lines of the list that speak of somebody. */
  lines: z.int(),
  done: z.int(),
  counts: ImportCounts,
  createdBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  /** Null when there is nothing to undo, or no longer. */
  undoableUntil: Instant.nullable(),
  /** What the undoing removed, and what it kept because somebody had worked on it. */
  undone: z.object({ removed: z.int(), kept: z.int() }).nullable(),
  version: z.int(),
})
export type WaitingListImportSummary = z.infer<typeof WaitingListImportSummary>

/** One list with its columns; columns and sheets are empty once the file is no longer kept. */
export const WaitingListImport = WaitingListImportSummary.extend({
  sheet: z.string(),
  sheets: z.array(z.string()),
  headerLine: z.int(),
  columns: z.array(ImportColumn),
  problems: z.array(ImportMappingProblem),
})
export type WaitingListImport = z.infer<typeof WaitingListImport>

export const WaitingListImportParams = z.object({ id: WaitingListImportId })

/** Another sheet forgets the choices made for the one before. */
export const ChangeImportMapping = z.strictObject({
  version: z.int(),
  sheet: z.string().max(200).optional(),
  choices: z
    .array(z.strictObject({ index: z.int().min(0).max(1000), field: WaitingListField.nullable() }))
    .max(1000)
    .optional(),
})
export const ImportVersion = z.strictObject({ version: z.int() })

export const ImportRefusal = z.object({
  code: RefusalCode,
  column: z.string().nullable(),
  value: z.string().nullable(),
  candidates: z.array(z.string()),
})
export type ImportRefusal = z.infer<typeof ImportRefusal>

/** A line as it would be opened, or why it would not. */
export const PreviewLine = z.object({
  line: z.int(),
  displayName: z.string().nullable(),
  birthDate: DayDate.nullable(),
  municipality: z.string().nullable(),
  registeredAt: DayDate.nullable(),
  /** Columns whose words go to the remarks, because they could not be read as meant. */
  keptAsNote: z.array(z.string()),
  refusals: z.array(ImportRefusal),
})
export type PreviewLine = z.infer<typeof PreviewLine>

/** What the list would give, before anything is written; who is already there is told by the import itself. */
export const ImportPreview = z.object({
  readable: z.int(),
  refused: z.int(),
  refusedBy: z.array(z.object({ code: RefusalCode, count: z.int(), firstLines: z.array(z.int()) })),
  ignored: z.array(z.object({ line: z.int(), cause: z.enum(['above-header', 'totals', 'header-again']) })),
  items: z.array(PreviewLine),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const ImportLineQuery = PageQuery.extend({ outcome: LineOutcomeName.optional() })

/** What became of a line. */
export const ImportLine = z.object({
  line: z.int(),
  outcome: LineOutcomeName,
  caseId: CaseId.nullable(),
  reference: z.string().nullable(),
  lookAlike: z.boolean(),
  sameAsLine: z.int().nullable(),
  refusals: z.array(ImportRefusal),
})
export type ImportLine = z.infer<typeof ImportLine>
