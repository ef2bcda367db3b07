import { invalidField } from '../../../platform/problem-error.ts'
import { findTable, type Table } from '../find-table.ts'
import { readSheet } from '../sheets/read-sheet.ts'
import { UnreadableFile } from '../sheets/sheet.ts'
import { type Mapping, type MappingSuggestion, mappingOf, suggestMapping, withChoices } from '../suggest-mapping.ts'
import type { GivenFile } from './list-requests.ts'

/** A file as the screen shows it: its list, what its columns hold, what is missing. */
export interface GivenList {
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly table: Table
  readonly suggestion: MappingSuggestion
  readonly mapping: Mapping
}

/** Reads a file with the choices made so far; 422 with the cause when it holds no list. */
export function readGivenList({ content, sheet: asked, choices, today }: GivenFile): GivenList {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const { sheet, table } = read(bytes, asked)
  const chosen = new Map(choices.map(({ index, field }) => [index, field]))
  const suggestion = withChoices(suggestMapping(table, today), ({ index }) => chosen.get(index))
  return { sheet: sheet.name, sheets: sheet.sheetNames, table, suggestion, mapping: mappingOf(suggestion) }
}

function read(content: Buffer, asked: string | undefined) {
  try {
    const sheet = readSheet(content, asked)
    if (asked !== undefined && sheet.name !== asked) throw invalidField('/sheet', 'unknown')
    return { sheet, table: findTable(sheet) }
  } catch (error) {
    throw error instanceof UnreadableFile ? invalidField('', error.problem) : error
  }
}
