import * as xlsx from '@e965/xlsx'
import { DayDate } from '@maillage/contracts/kit/dates'
import {
  type Cell,
  emptyCell,
  maxBytes,
  maxSheetLines,
  plainText,
  type Sheet,
  type SheetLine,
  UnreadableFile,
} from './sheet.ts'
import { refuseTooLarge } from './unzipped-size.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** The day of a spreadsheet's serial number (1 = 1 January 1900), or undefined outside the years people live in. */
export function dayOfSerial(serial: number, date1904 = false): DayDate | undefined {
  if (!(serial >= 1 && serial < 200_000)) return undefined
  const { y, m, d } = xlsx.SSF.parse_date_code(serial, { date1904 })
  const day = DayDate.safeParse(`${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`)
  return day.success ? day.data : undefined
}

const numberCell = (cell: xlsx.CellObject, value: number, date1904: boolean): Cell => {
  const format = typeof cell.z === 'string' ? cell.z : 'General'
  if (xlsx.SSF.is_date(format)) {
    const day = dayOfSerial(value, date1904)
    if (day) return { text: day.split('-').toReversed().join('/'), day, number: value }
  }
  // A long number would be shown 1,23E+14; a format such as « 0# ## ## ## ## » says how people read theirs.
  const text = format === 'General' || !cell.w ? String(value) : cell.w.trim()
  return { text, number: value }
}

const toCell = (cell: xlsx.CellObject | undefined, date1904: boolean): Cell => {
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return emptyCell
  if (typeof cell.v === 'number') return numberCell(cell, cell.v, date1904)
  if (typeof cell.v === 'boolean') return { text: cell.v ? 'oui' : 'non' }
  return { text: plainText(String(cell.v)) }
}

const toSheet = (name: string, sheet: xlsx.DenseWorkSheet, date1904: boolean): Sheet => {
  // Only the cells that exist are walked: a sheet may claim a range of a million lines and hold ten.
  const lines: SheetLine[] = []
  sheet['!data'].forEach((row: xlsx.CellObject[] | undefined, i: number) => {
    const cells = Array.from(row ?? [], (cell: xlsx.CellObject | undefined) => toCell(cell, date1904))
    if (cells.some(({ text }) => text !== '')) lines.push({ number: i + 1, cells })
  })
  const columns: (xlsx.ColInfo | undefined)[] = sheet['!cols'] ?? []
  const rows: (xlsx.RowInfo | undefined)[] = sheet['!rows'] ?? []
  const hidden = columns.flatMap((column, i) => (column?.hidden ? [i] : []))
  const hiddenLines = rows.filter((row) => row?.hidden).length
  return { name, lines, hiddenColumns: new Set(hidden), hiddenLines }
}

const open = (file: Buffer): xlsx.WorkBook => {
  try {
    return xlsx.read(file, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
      cellStyles: true, // the only way to learn which columns and lines are hidden
      sheetRows: maxSheetLines,
    })
  } catch (error) {
    const locked = error instanceof Error && /password|encrypt/i.test(error.message)
    throw new UnreadableFile(locked ? 'protected' : 'not-a-sheet')
  }
}

/** The visible sheets of a workbook, values of formulas included, formulas themselves never run. */
export function readWorkbook(file: Buffer): Sheet[] {
  if (file.readUInt16LE(0) === 0x4b50) refuseTooLarge(file, maxBytes)
  const workbook = open(file)
  const date1904 = workbook.Workbook?.WBProps?.date1904 ?? false
  const visible = workbook.SheetNames.filter((_, i) => !workbook.Workbook?.Sheets?.[i]?.Hidden)
  return visible.flatMap((name) => {
    const sheet = workbook.Sheets[name]
    // `dense: true` above makes every worksheet a dense one, which the library's type of a workbook cannot say.
    return sheet && '!data' in sheet ? [toSheet(name, sheet as xlsx.DenseWorkSheet, date1904)] : []
  })
}
