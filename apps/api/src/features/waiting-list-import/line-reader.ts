import type { RefusalCode, WaitingListField } from '@maillage/contracts/waiting-list-imports'

import { cellAt, type Table } from './find-table.ts'
import type { LineWarning, Refusal } from './refusals.ts'
import { type Cell, emptyCell, type SheetLine } from './sheets/sheet.ts'
import type { Mapping } from './suggest-mapping.ts'

export type Written = { column: string; cell: Cell }

/** A line seen by fields, which collects what is refused, what is kept as a note and what is said about it. */
export type LineReader = {
  all: (field: WaitingListField) => Written[]
  text: (field: WaitingListField) => string
  written: (field: WaitingListField) => Written
  refuse: (code: RefusalCode, written?: Written, candidates?: readonly string[]) => void
  /** Words that the field cannot hold go to the notes with the name of their column: nothing is lost. */
  keep: (written: Written, words?: string) => void
  warn: (code: LineWarning['code'], written: Written) => void
  refusals: Refusal[]
  warnings: LineWarning[]
  notes: string[]
}

/** Opens a line of the list under a mapping. */
export function lineReader(line: SheetLine, columns: Table['columns'], mapping: Mapping): LineReader {
  const refusals: Refusal[] = []
  const warnings: LineWarning[] = []
  const notes: string[] = []
  const all = (field: WaitingListField): Written[] =>
    columns
      .filter(({ index }) => mapping.get(index) === field)
      .map(({ index, header }) => ({ column: header, cell: cellAt(line, index) }))
      .filter(({ cell }) => cell.text !== '')
  const written = (field: WaitingListField) => all(field)[0] ?? { column: '', cell: emptyCell }
  return {
    all,
    written,
    text: (field) => written(field).cell.text,
    refuse: (code, from, candidates) => {
      refusals.push({ code, column: from?.column, value: from?.cell.text, candidates })
    },
    keep: ({ column, cell }, words = cell.text) => {
      notes.push(`${column} : ${words}`)
      warnings.push({ code: 'kept-as-note', column, value: words })
    },
    warn: (code, { column, cell }) => {
      warnings.push({ code, column, value: cell.text })
    },
    refusals,
    warnings,
    notes,
  }
}
