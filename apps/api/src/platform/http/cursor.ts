import * as z from 'zod'
import { parseJson } from '../parse-json.ts'
import { invalidField } from '../problem-error.ts'

/** Where a keyset page starts: the sort keys of the last row seen. Opaque to callers. */
export const encodeCursor = (keys: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url')

/** Reads a cursor back by the shape of its keys; what we did not write is refused. `undefined` is the first page. */
export function decodeCursor<Keys extends z.ZodType>(
  cursor: string | undefined,
  keys: Keys,
  pointer = '/query/cursor',
): z.output<Keys> | undefined {
  if (cursor === undefined) return undefined
  const read = keys.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (!read.success) throw invalidField(pointer, 'invalid-cursor')
  return read.data
}

/** A page from one row more than asked: the extra row says that there is a next page, and is not shown. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => readonly (string | number | null)[],
  toItem: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(toItem), next: rows.length > limit && last ? encodeCursor(keysOf(last)) : null }
}

/** The keys of a list sorted by an instant, then by id. */
export const InstantKeys = z.tuple([z.iso.datetime(), z.uuid()])
