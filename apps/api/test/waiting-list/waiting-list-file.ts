import * as xlsx from '@e965/xlsx'

/** A file as a coordinator keeps it, people all invented, and what each of its columns holds. */
export type WaitingListFile = {
  name: string
  bytes: Buffer
  /** Header → field; null for a column that nothing should be made of. */
  expected: ExpectedColumns
  patients: number
}

export type ExpectedColumns = readonly (readonly [string, string | null])[]

/** « Header = field », a dash for a column of which nothing should be made. */
export const columns = (text: string): ExpectedColumns =>
  text.split('|').map((pair) => {
    const [header = '', field = ''] = pair.split(' = ').map((part) => part.trim())
    return [header, field === '-' ? null : field]
  })

type Value = string | number | boolean | null | xlsx.CellObject
type WorkbookOptions = { hiddenColumns?: number[]; merges?: string[] }

export const formula = (f: string, v: string | number): xlsx.CellObject => ({
  t: typeof v === 'number' ? 'n' : 's',
  f,
  v,
})
export const dayCell = (serial: number): xlsx.CellObject => ({ t: 'n', v: serial, z: 'dd/mm/yyyy' })

/** A workbook of one sheet, or several by name. */
export function workbook(
  sheets: Record<string, Value[][]>,
  { hiddenColumns = [], merges = [] }: WorkbookOptions = {},
): Buffer {
  const book = xlsx.utils.book_new()
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = xlsx.utils.aoa_to_sheet(rows)
    sheet['!merges'] = merges.map((range) => xlsx.utils.decode_range(range))
    sheet['!cols'] = Array.from({ length: 30 }, (_, i) => ({ hidden: hiddenColumns.includes(i) }))
    xlsx.utils.book_append_sheet(book, sheet, name)
  }
  return xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })
}

/** A text file in Windows-1252, as an old spreadsheet saves it. */
export const windows1252 = (text: string): Buffer =>
  Buffer.from(text.replaceAll('’', '\u0092').replaceAll('œ', '\u009c'), 'latin1')
