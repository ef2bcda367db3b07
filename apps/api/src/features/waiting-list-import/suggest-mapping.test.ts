import { DayDate } from '@maillage/contracts/kit/dates'
import { describe, expect, test } from 'vitest'
import { textFiles } from '../../../test/waiting-list/text-files.ts'
import { workbook } from '../../../test/waiting-list/waiting-list-file.ts'
import { workbookFiles } from '../../../test/waiting-list/workbook-files.ts'
import { findTable } from './find-table.ts'
import { readSheet } from './sheets/read-sheet.ts'
import { mappingOf, suggestMapping } from './suggest-mapping.ts'

const today = DayDate.parse('2026-03-01')
const suggest = (bytes: Buffer) => suggestMapping(findTable(readSheet(bytes)), today)
const csv = (...lines: string[]) => suggest(Buffer.from(lines.join('\n')))
const fieldsOf = ({ columns }: ReturnType<typeof suggest>) => columns.map(({ field }) => field)

describe.each([...textFiles, ...workbookFiles].map((file) => [file.name, file] as const))('%s', (_, file) => {
  test('each column is proposed for what it holds', () => {
    expect(suggest(file.bytes).columns.map(({ header, field }) => [header, field])).toEqual(file.expected)
  })

  test('every patient is a line, and nobody else', () => {
    expect(findTable(readSheet(file.bytes)).lines).toHaveLength(file.patients)
  })
})

test('the answers decide between two meanings of a header', () => {
  expect(fieldsOf(csv('Nom;Née;Prénom', 'DURRIN;12/03/1944;Rose', 'VALNOT;1/4/1960;Ève'))).toEqual([
    'lastName',
    'birthDate',
    'firstName',
  ])
  expect(fieldsOf(csv('Nom;Née;Prénom', 'DURRIN;MORGNAC;Rose', 'VALNOT;SOLRIN;Ève'))).toEqual([
    'lastName',
    'birthName',
    'firstName',
  ])
})

test('a column of phones or mails is known without a header that says so', () => {
  expect(fieldsOf(csv('Nom;Prénom;Perso', 'DURRIN;Rose;0612345678', 'VALNOT;Ève;0712345678'))).toEqual([
    'lastName',
    'firstName',
    'phone',
  ])
})

test('a social security number is never taken, whatever its column is called', () => {
  expect(fieldsOf(csv('Nom;Prénom;Remarques', 'DURRIN;Rose;2440333063001', 'VALNOT;Ève;260043306300244')).at(-1)).toBe(
    'refused',
  )
})

test('« peut se déplacer » and « ne peut pas se déplacer » are opposite', () => {
  expect(fieldsOf(csv('Nom;Prénom;Peut se déplacer (O/N)', 'DURRIN;Rose;O')).at(-1)).toBe('canTravel')
  expect(fieldsOf(csv('Nom;Prénom;Ne peut pas se déplacer', 'DURRIN;Rose;O')).at(-1)).toBe('homebound')
})

describe('what is missing or doubtful is said', () => {
  test('an age is not a birth date', () => {
    const { problems } = csv('Nom;Prénom;Âge;Ville', 'DURRIN;Rose;81;Bordeaux')
    expect(problems).toEqual([{ code: 'age-is-not-a-birth-date', header: 'Âge' }])
  })

  test('no name, no birth date, no commune', () => {
    const codes = csv('Téléphone;Remarques', '0612345678;rappeler').problems.map(({ code }) => code)
    expect(codes).toEqual(['missing-name', 'missing-birth-date', 'missing-municipality'])
  })

  test('a last name without a first name', () => {
    expect(csv('Nom;DDN;Ville', 'DURRIN;12/03/1944;Bordeaux').problems).toEqual([{ code: 'missing-first-name' }])
  })

  test('two columns that could both be the birth date', () => {
    const { problems } = csv('Nom;Prénom;DDN;Date de naissance;Ville', 'DURRIN;Rose;12/03/1944;12/03/1944;Bordeaux')
    expect(problems).toEqual([
      { code: 'two-columns-for-one-field', field: 'birthDate', headers: ['DDN', 'Date de naissance'] },
    ])
  })
})

test('a visible column is preferred to a hidden one of the same name', () => {
  const rows = [
    ['Nom', 'Nom', 'Prénom', 'Commune'],
    ['ancien', 'DURRIN', 'Rose', 'Bordeaux'],
  ]
  const suggestion = suggest(workbook({ Liste: rows }, { hiddenColumns: [0] }))
  expect(mappingOf(suggestion).get(1)).toBe('lastName')
  expect(suggestion.columns[0]).toMatchObject({ hidden: true, field: null })
})
