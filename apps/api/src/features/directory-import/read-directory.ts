import { TextDecoder } from 'node:util'
import type { DirectoryColumn, DirectoryLayout } from './directory-columns.ts'
import { readLayout } from './directory-columns.ts'

/** One line of the extraction: a person, one activity, one skill. An absent or unknown column reads as empty. */
export type DirectoryRow = { line: number; get: (column: DirectoryColumn) => string }

/** A line that has not the columns of the header: told, and left out. */
export type MalformedLine = { line: number; columns: number; expected: number }

const utf8Mark = [0xef, 0xbb, 0xbf]

// The header is full of accents, so the first piece of the file tells: invalid as UTF-8, it is Latin-1, which the
// decoder reads as Windows-1252, its superset in practice.
const decoderFor = (first: Uint8Array): TextDecoder => {
  if (utf8Mark.every((byte, i) => first[i] === byte)) return new TextDecoder('utf-8')
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(first, { stream: true })
    return new TextDecoder('utf-8')
  } catch {
    return new TextDecoder('windows-1252')
  }
}

// A line of the extraction holds under 2,000 characters: a longer one means that this is no text file.
const longestLine = 1_000_000

/** The lines of a stream in batches of one chunk, without their end: the file itself is never held. */
async function* readLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let decoder: TextDecoder | undefined
  let rest = ''
  for await (const chunk of input) {
    decoder ??= decoderFor(chunk)
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new Error('The directory file has a line over a million characters long')
    yield lines
  }
  rest += decoder?.decode() ?? ''
  if (rest) yield [rest]
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

// The extraction ends each line with a delimiter: one empty cell more than the header names is no fault.
const isWellFormed = (cells: readonly string[], width: number): boolean =>
  cells.length === width || (cells.length === width + 1 && cells[width]?.trim() === '')

const rowOf = (cells: readonly string[], line: number, { places }: DirectoryLayout): DirectoryRow => ({
  line,
  get: (column) => {
    const place = places.get(column)
    // No column can hold a NUL, and no name has one.
    return place === undefined ? '' : (cells[place] ?? '').replaceAll('\0', '').trim()
  },
})

/**
 * Reads the public extraction « PS_LibreAcces_Personne_activite » of the Annuaire Santé from a stream, row by row. The
 * delimiter is `|` and nothing else has a meaning: quotes belong to the names. Malformed lines go to `onMalformed`.
 */
export async function* readDirectory(
  input: AsyncIterable<Uint8Array>,
  onMalformed: (line: MalformedLine) => void,
): AsyncGenerator<DirectoryRow> {
  let layout: DirectoryLayout | undefined
  let line = 0
  for await (const batch of readLines(input)) {
    for (const text of batch) {
      line += 1
      const content = withoutReturn(text)
      if (!content) continue
      if (!layout) {
        layout = readLayout(content)
        continue
      }
      const cells = content.split('|')
      if (isWellFormed(cells, layout.width)) yield rowOf(cells, line, layout)
      else onMalformed({ line, columns: cells.length, expected: layout.width })
    }
  }
  if (!layout) readLayout('')
}
