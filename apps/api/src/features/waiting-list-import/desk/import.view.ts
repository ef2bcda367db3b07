import type {
  ImportLine,
  ImportMappingProblem,
  ImportRefusal,
  WaitingListImport,
  WaitingListImportSummary,
} from '@maillage/contracts/waiting-list-imports'
import { cellAt } from '../find-table.ts'
import type { Refusal } from '../refusals.ts'
import type { MappingProblem } from '../suggest-mapping.ts'
import type { GivenList } from './given-list.ts'
import type { ImportLineRow, ImportSummaryRow } from './import.store.ts'

/** For how long a list's file is kept and the import can be undone. */
export const keptMs = 7 * 24 * 3_600_000

/** The day until which an import that ended can be undone; undefined when it cannot, or no longer. */
export function undoableUntil(
  { status, finishedAt, counts }: Pick<ImportSummaryRow, 'status' | 'finishedAt' | 'counts'>,
  now: Date,
): Date | undefined {
  if ((status !== 'done' && status !== 'interrupted') || !finishedAt || counts.opened === 0) return undefined
  const until = new Date(finishedAt.getTime() + keptMs)
  return until > now ? until : undefined
}

/** A list as its row in the table of imports. */
export function describeSummary(row: ImportSummaryRow, now: Date): WaitingListImportSummary {
  return {
    id: row.id,
    fileName: row.fileName,
    status: row.status,
    lines: row.lines,
    done: row.done,
    counts: row.counts,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoableUntil: undoableUntil(row, now)?.toISOString() ?? null,
    undone: row.undone,
    version: row.version,
  }
}

/** A list with its columns; without the file, only what is remembered of it. */
export function describeImport(row: ImportSummaryRow, list: GivenList | undefined, now: Date): WaitingListImport {
  return {
    ...describeSummary(row, now),
    sheet: row.sheet,
    sheets: [...(list?.sheets ?? [])],
    headerLine: list?.table.headerLine ?? 0,
    columns: list ? columnsOf(list) : [],
    problems: list ? list.suggestion.problems.map(describeProblem) : [],
  }
}

const samples = 3

function columnsOf({ table, suggestion }: GivenList): WaitingListImport['columns'] {
  return suggestion.columns.map(({ index, header, hidden, field, score, alternatives }) => ({
    index,
    header,
    hidden,
    field,
    score,
    alternatives,
    samples: samplesOf(table, index),
  }))
}

function samplesOf(table: GivenList['table'], index: number): string[] {
  const found = new Set<string>()
  for (const line of table.lines) {
    const { text } = cellAt(line, index)
    if (text !== '') found.add(text.slice(0, 60))
    if (found.size === samples) break
  }
  return [...found]
}

function describeProblem(problem: MappingProblem): ImportMappingProblem {
  const { code } = problem
  if (code === 'two-columns-for-one-field') return { code, field: problem.field, headers: problem.headers }
  return { code, field: null, headers: 'header' in problem ? [problem.header] : [] }
}

/** Why a line is refused, with what stood in the file: for the person who gave it. */
export const describeRefusal = ({ code, column, value, candidates }: Refusal): ImportRefusal => ({
  code,
  column: column ?? null,
  value: value ?? null,
  candidates: [...(candidates ?? [])],
})

/** The fate of a line. */
export const describeLine = (row: ImportLineRow): ImportLine => ({
  line: row.line,
  outcome: row.outcome,
  caseId: row.caseId,
  reference: row.reference,
  lookAlike: row.lookAlike,
  sameAsLine: row.sameAsLine,
  refusals: row.refusals,
})
