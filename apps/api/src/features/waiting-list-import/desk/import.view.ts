import type { ImportLine, WaitingListImport, WaitingListImportSummary } from '@maillage/contracts/waiting-list-imports'
import type { ListShape } from '../reader/list-requests.ts'
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
export function describeImport(row: ImportSummaryRow, shape: ListShape | undefined, now: Date): WaitingListImport {
  return {
    ...describeSummary(row, now),
    sheet: row.sheet,
    sheets: shape?.sheets ?? [],
    headerLine: shape?.headerLine ?? 0,
    columns: shape?.columns ?? [],
    problems: shape?.problems ?? [],
  }
}

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
