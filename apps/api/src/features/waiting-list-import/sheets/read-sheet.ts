import { readCsv } from './read-csv.ts'
import { readWorkbook } from './read-workbook.ts'
import { maxBytes, maxSheetLines, type Sheet, UnreadableFile } from './sheet.ts'

const isZip = (file: Buffer): boolean => file.length > 4 && file.readUInt32BE(0) === 0x504b0304
const isOldWorkbook = (file: Buffer): boolean => file.length > 4 && file.readUInt32BE(0) === 0xd0cf11e0

/**
 * The sheet of a coordinator's file: xlsx, xls, ods or text with a delimiter, told by its bytes and not by its name.
 * Of several visible sheets, the one that is asked for, otherwise the longest.
 */
export function readSheet(file: Buffer, sheetName?: string): Sheet & { sheetNames: string[] } {
  if (file.length > maxBytes) throw new UnreadableFile('too-large')
  const sheets = isZip(file) || isOldWorkbook(file) ? readWorkbook(file) : [readCsv(file)]
  const longest = sheets.toSorted((a, b) => b.lines.length - a.lines.length)[0]
  const sheet = sheets.find(({ name }) => name === sheetName) ?? longest
  if (!sheet || sheet.lines.length === 0) throw new UnreadableFile('empty')
  if (sheet.lines.length > maxSheetLines) throw new UnreadableFile('too-many-lines')
  return { ...sheet, sheetNames: sheets.map(({ name }) => name) }
}
