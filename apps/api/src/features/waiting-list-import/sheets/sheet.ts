import type { DayDate } from '@maillage/contracts/kit/dates'
import type { FileProblem } from '@maillage/contracts/waiting-list-imports'

/** A cell as people see it, with the day or the number behind it when the file holds one. */
export type Cell = { text: string; day?: DayDate; number?: number }

/** A line of the file, under the number that the spreadsheet shows. */
export type SheetLine = { number: number; cells: readonly Cell[] }

export type Sheet = {
  name: string
  lines: SheetLine[]
  hiddenColumns: ReadonlySet<number>
  /** Lines hidden by a filter are read like the others, and counted so that it can be said. */
  hiddenLines: number
}

export const emptyCell: Cell = { text: '' }

/** What stands in a cell, on one line; without the characters that nobody sees, one of which no database stores. */
export const plainText = (written: string): string =>
  written
    .replace(/(?!\s)\p{Cc}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The file cannot be read as a list of patients; the code says why. */
export class UnreadableFile extends Error {
  readonly problem: FileProblem

  constructor(problem: FileProblem) {
    super(`The file is refused: ${problem}`)
    this.name = 'UnreadableFile'
    this.problem = problem
  }
}

/** Unzipped size above which a file is refused: a spreadsheet of 50,000 patients holds some 50 MB. */
export const maxBytes = 100_000_000
/** People in one list. */
export const maxLines = 50_000
/** Lines of one sheet: titles, headers printed on each page, blank lines and totals stand among the people. */
export const maxSheetLines = 60_000
