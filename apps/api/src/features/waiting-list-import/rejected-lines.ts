import { cellAt, type Table } from './find-table.ts'
import { type Refusal, refusalSentence } from './refusals.ts'

/** The header of the column that says what to correct; it is recognised and left out when the file comes back. */
export const refusalHeader = 'Motif du refus'

// A cell that begins like a formula would be run by the spreadsheet that opens the file. A phone or a number is safe.
const guarded = (text: string): string => (/^[=@\t]|^[+-](?![\d\s.()]+$)/.test(text) ? `'${text}` : text)

const quoted = (text: string): string => {
  const safe = guarded(text)
  return /[";\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The refused lines as a file to correct and give again: same headers, same order, what to correct at the end. UTF-8
 * with its mark and semicolons, which a French spreadsheet opens as it is.
 */
export function writeRejectedLines(table: Table, refused: ReadonlyMap<number, readonly Refusal[]>): string {
  const columns = table.columns.filter(({ header }) => header !== refusalHeader)
  const header = [...columns.map((column) => column.header), refusalHeader]
  const lines = table.lines.flatMap((line) => {
    const refusals = refused.get(line.number)
    if (!refusals) return []
    return [[...columns.map(({ index }) => cellAt(line, index).text), refusals.map(refusalSentence).join(' ')]]
  })
  return `\uFEFF${[header, ...lines].map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`
}
