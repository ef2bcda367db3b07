import { describe, expect, test } from 'vitest'
import {
  aDirectoryRow,
  directoryHeader,
  directoryLine,
  generateDirectoryLines,
} from '../../../test/generate-directory-file.ts'
import { DirectoryHeaderError } from './directory-columns.ts'
import { type DirectoryRow, type MalformedLine, readDirectory } from './read-directory.ts'

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = async (content: string | Uint8Array, size = 65_536) => {
  const malformed: MalformedLine[] = []
  const rows: DirectoryRow[] = []
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  for await (const row of readDirectory(chunks(bytes, size), (line) => malformed.push(line))) rows.push(row)
  return { rows, malformed }
}

const header = directoryHeader('newer')
const line = directoryLine('newer', aDirectoryRow)
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('the file is read whatever its clothes', () => {
  test.each([
    ['the newer layout', `${header}\n${line}\n`],
    ['the older layout', `${directoryHeader('older')}\n${directoryLine('older', aDirectoryRow)}\n`],
    ['Windows line ends', `${header}\r\n${line}\r\n`],
    ['no line end at the end', `${header}\n${line}`],
    ['blank lines', `${header}\n\n${line}\n\n\n`],
    ['a byte order mark', `\uFEFF${header}\n${line}\n`],
    ['no trailing column', `${header.slice(0, -1)}\n${line.slice(0, -1)}\n`],
    ['a trailing column in the lines only', `${header.slice(0, -1)}\n${line}\n`],
    ['a header without accents nor case', `${header.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()}\n${line}\n`],
  ])('%s', async (_, content) => {
    const { rows, malformed } = await read(content)
    expect(malformed).toEqual([])
    expect(rows.map((row) => [row.get('identifier'), row.get('firstName'), row.get('municipalityCode')])).toEqual([
      ['10000000001', 'ANNE-LISE', '33063'],
    ])
  })

  test('Latin-1', async () => {
    const named = directoryLine('newer', { ...aDirectoryRow, "Prénom d'exercice": 'CÉLINE' })
    expect((await read(latin1(`${header}\n${named}\n`))).rows[0]?.get('firstName')).toBe('CÉLINE')
  })

  test('columns in another order', async () => {
    const names = header.split('|').slice(0, -1)
    const shuffled = names.toReversed()
    const cells = line.split('|')
    const reordered = shuffled.map((name) => cells[names.indexOf(name)])
    const { rows } = await read(`${shuffled.join('|')}|\n${reordered.join('|')}|\n`)
    expect(rows[0]?.get('lastName')).toBe('VALMORIN')
    expect(rows[0]?.get('email')).toBe('Cabinet@Exemple.fr')
  })

  test.each([1, 2, 7, 1000])('the same rows in pieces of %i bytes, accents cut in two', async (size) => {
    const named = directoryLine('newer', { ...aDirectoryRow, "Prénom d'exercice": 'GAËLLE-ÉLODIE' })
    const { rows } = await read(`${header}\r\n${named}\r\n${named}`, size)
    expect(rows.map((row) => row.get('firstName'))).toEqual(['GAËLLE-ÉLODIE', 'GAËLLE-ÉLODIE'])
  })
})

test('a quote is a letter like another', async () => {
  const quoted = directoryLine('newer', { ...aDirectoryRow, 'Raison sociale site': 'SCM "LES TILLEULS' })
  const { rows } = await read(`${header}\n${quoted}\n${line}\n`)
  expect(rows.map((row) => row.get('companyName'))).toEqual(['SCM "LES TILLEULS', 'CABINET DU QUAI'])
})

test('a line with too few or too many columns is told with its number, and the others are read', async () => {
  const { rows, malformed } = await read(`${header}\n8|10000000002|x\n${line}\n${line}extra|more|\n`)
  expect(rows).toHaveLength(1)
  expect(malformed).toEqual([
    { line: 2, columns: 3, expected: 56 },
    { line: 4, columns: 59, expected: 56 },
  ])
})

test('a column that the file lacks reads as empty, one that we need stops the import and is named', async () => {
  const { rows } = await read(`${directoryHeader('older')}\n${directoryLine('older', aDirectoryRow)}\n`)
  expect(rows[0]?.get('activityKind')).toBe('')
  const broken = `${header.replace('Code commune (coord. structure)', 'Commune')}\n${line}\n`
  await expect(read(broken)).rejects.toThrow(DirectoryHeaderError)
  await expect(read(broken)).rejects.toThrow('Code commune (coord. structure)')
})

test.each([
  ['an empty file', ''],
  ['a page instead of a file', '<html>\n<body>Not found</body>'],
  ['bytes', '\u0000\u0001\u0002'],
])('%s is refused, not read as nothing', async (_, content) => {
  await expect(read(content)).rejects.toThrow(DirectoryHeaderError)
})

test('a file without lines is refused before it fills the memory', async () => {
  await expect(read('x'.repeat(1_200_000))).rejects.toThrow('a million characters')
})

test('the generator writes the same file for the same seed', async () => {
  const municipalities = [{ code: '33063', name: 'Bordeaux', postalCode: '33000' }]
  const text = [...generateDirectoryLines({ rows: 500, municipalities })].join('\n')
  expect([...generateDirectoryLines({ rows: 500, municipalities })].join('\n')).toBe(text)
  const { rows, malformed } = await read(text, 999)
  expect(rows).toHaveLength(500)
  expect(malformed).toEqual([])
})
