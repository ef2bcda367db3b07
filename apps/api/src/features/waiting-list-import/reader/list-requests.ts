import type { DayDate } from '@maillage/contracts/kit/dates'
import type { ImportPreview, WaitingListImport } from '@maillage/contracts/waiting-list-imports'
import type { ColumnChoice } from '../desk/waiting-list-import.table.ts'
import type { ParsedLine } from '../parse-line.ts'
import type { Refusal } from '../refusals.ts'

/** A file with the choices made so far: what a reading begins from. */
export interface GivenFile {
  readonly content: Uint8Array
  readonly sheet?: string
  readonly choices: readonly ColumnChoice[]
  readonly today: DayDate
}

/** What a list looks like: all that a screen shows of it, and nothing of what its lines hold but a few answers. */
export interface ListShape extends Pick<WaitingListImport, 'sheet' | 'sheets' | 'headerLine' | 'columns' | 'problems'> {
  readonly lines: number
}

/** The refusals of each refused line, by its number. */
export type RefusedLines = readonly (readonly [number, readonly Refusal[]])[]

/** What may be asked of a list; its lines are asked for some at a time. */
export type ListQuestion =
  | { readonly ask: 'shape' }
  | { readonly ask: 'preview' }
  | { readonly ask: 'rejected'; readonly refused: RefusedLines }

/** The answer to each question. */
export interface ListAnswers {
  readonly shape: ListShape
  readonly preview: ImportPreview
  /** A CSV. */
  readonly rejected: string
}

/** How many lines are handed over at once. */
export const linesAtOnce = 50

/** The lines of a list, some at a time, each read into a demand or into its refusals. */
export type ListLines = AsyncIterable<readonly ParsedLine[]>
