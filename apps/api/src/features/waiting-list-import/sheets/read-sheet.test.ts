import { deflateRawSync } from 'node:zlib'
import * as xlsx from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { dayCell, formula, windows1252, workbook } from '../../../../test/waiting-list/waiting-list-file.ts'
import { findTable } from '../find-table.ts'
import { readSheet } from './read-sheet.ts'
import { UnreadableFile } from './sheet.ts'
import { refuseTooLarge } from './unzipped-size.ts'

const texts = (bytes: Buffer) => readSheet(bytes).lines.map(({ cells }) => cells.map(({ text }) => text))
const problemOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    return error instanceof UnreadableFile ? error.problem : error
  }
  return undefined
}

describe('text files', () => {
  const expected = [
    ['Prénom', 'Ville'],
    ['Zoé', 'Bègles'],
  ]
  test.each([
    ['semicolons', Buffer.from('Prénom;Ville\nZoé;Bègles\n')],
    ['commas', Buffer.from('Prénom,Ville\r\nZoé,Bègles')],
    ['tabs', Buffer.from('Prénom\tVille\nZoé\tBègles')],
    ['a byte order mark', Buffer.from('\uFEFFPrénom;Ville\nZoé;Bègles')],
    ['Windows-1252', windows1252('Prénom;Ville\r\nZoé;Bègles\r\n')],
    ['UTF-16 (« texte Unicode »)', Buffer.from('\uFEFFPrénom\tVille\r\nZoé\tBègles', 'utf16le')],
    ['a declared separator', Buffer.from('sep=;\r\nPrénom;Ville\r\nZoé;Bègles')],
    ['blank lines', Buffer.from('\n\nPrénom;Ville\n;\n\nZoé;Bègles\n;;\n')],
    ['quotes', Buffer.from('"Prénom";"Ville"\n"Zoé";"Bègles"')],
  ])('%s', (_, bytes) => {
    expect(texts(bytes)).toEqual(expected)
  })

  test('a delimiter or a line end within quotes is a part of the answer', () => {
    expect(texts(Buffer.from('Nom;Remarques\nDURRIN;"appeler ; le matin\nou le soir"\n'))[1]).toEqual([
      'DURRIN',
      'appeler ; le matin ou le soir',
    ])
  })

  test('a character that nobody sees is no part of an answer', () => {
    const unicode = Buffer.from('\uFEFFPrénom;Ville\nZo\u0000é;Bègles\u0007', 'utf16le')
    expect(texts(unicode)).toEqual(expected)
  })

  test('commas in answers do not pass for the delimiter', () => {
    expect(texts(Buffer.from('Nom;Remarques\nDURRIN;a, b, c, d\nVALNOT;e, f, g\n'))[1]).toEqual([
      'DURRIN',
      'a, b, c, d',
    ])
  })
})

describe('workbooks', () => {
  test('a formula gives its value, a date its day, a long number all its figures', () => {
    const [line] = readSheet(workbook({ A: [[formula('1+1', 2), dayCell(16143), 2_440_333_063_001, true]] })).lines
    expect(line?.cells).toEqual([
      { text: '2', number: 2 },
      { text: '12/03/1944', day: '1944-03-12', number: 16_143 },
      { text: '2440333063001', number: 2_440_333_063_001 },
      { text: 'oui' },
    ])
  })

  test('a workbook of the old Macintosh counts its days from 1904', () => {
    const book = xlsx.utils.book_new()
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([[dayCell(14_681)]]), 'A')
    book.Workbook = { WBProps: { date1904: true } }
    const bytes = xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })
    expect(readSheet(bytes).lines[0]?.cells[0]?.day).toBe('1944-03-12')
  })

  test('the longest sheet is read, another when it is asked for, a hidden one never', () => {
    const book = xlsx.utils.book_new()
    const add = (name: string, rows: string[][]) =>
      xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), name)
    add('Mode d’emploi', [['Lisez-moi']])
    add('Liste', [['Nom'], ['DURRIN']])
    add('Archives', [['Nom'], ['VALNOT'], ['SOLRIN'], ['CORVAL']])
    book.Workbook = { Sheets: [{}, {}, { Hidden: 1 }] }
    const bytes = xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })
    expect(readSheet(bytes)).toMatchObject({ name: 'Liste', sheetNames: ['Mode d’emploi', 'Liste'] })
    expect(readSheet(bytes, 'Mode d’emploi').lines).toHaveLength(1)
  })
})

describe('a file is refused', () => {
  test.each([
    ['empty', 'empty', Buffer.from('')],
    ['a page', 'not-a-sheet', Buffer.from('<!doctype html><p>Not found')],
    ['a PDF', 'not-a-sheet', Buffer.from('%PDF-1.7 …')],
    ['bytes', 'not-a-sheet', Buffer.from([1, 2, 0, 3])],
    ['a broken zip', 'not-a-sheet', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)])],
  ])('%s', (_, problem, bytes) => {
    expect(problemOf(() => readSheet(bytes))).toBe(problem)
  })

  test('that unzips to more than the limit, whatever sizes it declares', () => {
    const data = deflateRawSync(Buffer.alloc(110_000_000))
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(10, 24) // what it declares: ten bytes
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(1, 10)
    end.writeUInt32LE(30 + data.length, 16)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    const zip = Buffer.concat([local, data, entry, end])
    expect(problemOf(() => readSheet(zip))).toBe('too-large')
    expect(() => refuseTooLarge(zip, 120_000_000)).not.toThrow()
  })

  test('of more than fifty thousand people; a title and headers are none of them', () => {
    const listOf = (people: number) => Buffer.from(`Liste 2026;\nNom;Ville\n${'DURRIN;Lunel\n'.repeat(people)}`)
    expect(findTable(readSheet(listOf(50_000))).lines).toHaveLength(50_000)
    expect(problemOf(() => findTable(readSheet(listOf(50_001))))).toBe('too-many-lines')
    expect(problemOf(() => readSheet(listOf(60_000)))).toBe('too-many-lines')
  })

  test('without a line of headers', () => {
    expect(problemOf(() => findTable(readSheet(Buffer.from('bonjour;1\nmonde;2'))))).toBe('no-header')
  })
})

test('titles, totals and headers printed again are left out and told', () => {
  const lines = [
    'Liste de février;;',
    'Nom;Prénom;Ville',
    'DURRIN;Rose;Bordeaux',
    'Nom;Prénom;Ville',
    'TOTAL;2;',
    'Total général : 1;;',
  ]
  const table = findTable(readSheet(Buffer.from(lines.join('\n'))))
  expect(table).toMatchObject({ headerLine: 2, lines: [{ number: 3 }] })
  expect(table.ignored).toEqual([
    { number: 1, cause: 'above-header' },
    { number: 4, cause: 'header-again' },
    { number: 5, cause: 'totals' },
    { number: 6, cause: 'totals' },
  ])
})

test('somebody whose name is Total is no total', () => {
  const table = findTable(readSheet(Buffer.from('Nom;Prénom;DDN;Ville\nTOTAL;Rose;12/03/1944;Bordeaux')))
  expect(table.lines).toHaveLength(1)
})
