import { TextDecoder } from 'node:util'
import { CsvError, parse } from 'csv-parse/sync'
import { plainText, type Sheet, UnreadableFile } from './sheet.ts'

const startsWith = (file: Buffer, ...bytes: number[]): boolean => bytes.every((byte, i) => file[i] === byte)

/** The text of a file saved by any spreadsheet: UTF-8, UTF-16 (« texte Unicode ») or Windows-1252. */
export function decodeText(file: Buffer): string {
  if (startsWith(file, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(file)
  if (file.includes(0)) throw new UnreadableFile('not-a-sheet')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder('windows-1252').decode(file)
  }
}

const delimiters = [';', '\t', ',', '|'] as const

// The delimiter is the one that cuts the first lines into the most columns, the same number on most of them.
const delimiterOf = (text: string): string => {
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1]
  if (declared) return declared
  const unquoted = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, '')
  const lines = unquoted
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 30)
  const scoreOf = (delimiter: string): number => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0)
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
    return usual * counts.filter((count) => count === usual).length
  }
  return delimiters.reduce((best, next) => (scoreOf(next) > scoreOf(best) ? next : best))
}

type ParsedLine = { record: string[]; info: { lines: number } }

// We write an apostrophe before what a spreadsheet would run as a formula; it is taken away on the way back.
const withoutGuard = (text: string): string => text.replace(/^'(?=[=+\-@])/, '')

/** A quote that opens a cell and is never closed would take the rest of the file: then quotes are letters like others. */
function recordsOf(text: string, delimiter: string): ParsedLine[] {
  const options = {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }
  const read = (over: { quote?: false }): ParsedLine[] =>
    // With `info`, csv-parse gives each record with its place; its type only knows bare records.
    parse(text, { ...options, ...over }) as unknown as ParsedLine[]
  try {
    return read({})
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return read({ quote: false })
    throw error
  }
}

/** A text file with a delimiter, as one sheet. Quotes may be missing or left open: nothing is fatal in a line. */
export function readCsv(file: Buffer): Sheet {
  const text = decodeText(file)
  if (/^\s*<|^%PDF/.test(text)) throw new UnreadableFile('not-a-sheet')
  const records = recordsOf(text.replace(/^sep=.\r?\n/i, '\n'), delimiterOf(text))
  const lines = records
    .map(({ record, info }) => ({
      number: info.lines,
      cells: record.map((cell) => ({ text: withoutGuard(plainText(cell)) })),
    }))
    .filter(({ cells }) => cells.some((cell) => cell.text !== ''))
  return { name: '', lines, hiddenColumns: new Set(), hiddenLines: 0 }
}
