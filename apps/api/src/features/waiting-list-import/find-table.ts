import { foldName } from '@maillage/contracts/kit/identifiers'
import { looksLikeHeader } from './header-words.ts'
import { type Cell, emptyCell, maxLines, type Sheet, type SheetLine, UnreadableFile } from './sheets/sheet.ts'

export type Column = { index: number; header: string; hidden: boolean }
export type IgnoredLine = { number: number; cause: 'above-header' | 'totals' | 'header-again' }

/** The list within a sheet: a line of headers and the lines below it that speak of somebody. */
export type Table = { headerLine: number; columns: Column[]; lines: SheetLine[]; ignored: IgnoredLine[] }

const filled = (cells: readonly Cell[]): Cell[] => cells.filter(({ text }) => text !== '')

// Titles, dates of printing and logos stand above the headers, never thirty lines of them.
const headerAmong = (lines: readonly SheetLine[]): SheetLine => {
  const scored = lines.slice(0, 30).map((line) => {
    const known = filled(line.cells).filter(({ text, number }) => number === undefined && looksLikeHeader(text))
    return { line, known: known.length }
  })
  const best = scored.reduce((a, b) => (b.known > a.known ? b : a))
  if (best.known < 2) throw new UnreadableFile('no-header')
  return best.line
}

const totalWords = /^(?:sous )?(?:total|totaux|nombre|nb|somme|moyenne)\b/

// A total counts or sums and speaks of nobody: few cells, one of them the word, and no day.
const isTotals = ({ cells }: SheetLine, width: number): boolean => {
  const said = filled(cells)
  const few = said.length <= Math.max(2, Math.ceil(width / 2))
  return few && said.some(({ text }) => totalWords.test(foldName(text))) && !said.some(({ day }) => day !== undefined)
}

/** Finds the headers wherever they stand, and leaves out what is no patient: titles, totals, headers printed again. */
export function findTable(sheet: Sheet): Table {
  const header = headerAmong(sheet.lines)
  const columns = header.cells.flatMap(({ text }, index) =>
    text === '' ? [] : [{ index, header: text, hidden: sheet.hiddenColumns.has(index) }],
  )
  const names = columns.map(({ header: name }) => foldName(name)).join('|')
  const table: Table = { headerLine: header.number, columns, lines: [], ignored: [] }
  for (const line of sheet.lines) {
    const again = columns.map(({ index }) => foldName(cellAt(line, index).text)).join('|') === names
    if (line.number < header.number) table.ignored.push({ number: line.number, cause: 'above-header' })
    else if (line.number === header.number) continue
    else if (again) table.ignored.push({ number: line.number, cause: 'header-again' })
    else if (isTotals(line, columns.length)) table.ignored.push({ number: line.number, cause: 'totals' })
    else if (columns.some(({ index }) => cellAt(line, index).text !== '')) table.lines.push(line)
  }
  if (table.lines.length > maxLines) throw new UnreadableFile('too-many-lines')
  return table
}

/** The cell of a line in a column; a line may be shorter than the headers. */
export function cellAt(line: SheetLine, index: number): Cell {
  return line.cells[index] ?? emptyCell
}
