import { expect, test } from 'vitest'
import { aRow } from './a-row.ts'
import { readRows } from './read-rows.ts'

const row = (n: number) => aRow({ n })
const pages: Record<string, { items: ReturnType<typeof row>[]; next: string | null }> = {
  first: { items: [row(1), row(2)], next: 'b' },
  b: { items: [row(2), row(3)], next: 'c' },
  c: { items: [row(4)], next: null },
}
const readPage = async (cursor: string | undefined) => pages[cursor ?? 'first'] ?? { items: [], next: null }
const numbers = (items: readonly { reference: string }[]) => items.map(({ reference }) => Number(reference.slice(-1)))

test('one page is read, and where the next one starts', async () => {
  const { items, next } = await readRows(readPage, [], undefined, 1)
  expect([numbers(items), next]).toEqual([[1, 2], 'b'])
})

test('a list read anew keeps its length, and a row that moved between two pages stands once', async () => {
  const { items, next } = await readRows(readPage, [], undefined, 3)
  expect([numbers(items), next]).toEqual([[1, 2, 3], 'c'])
})

test('it stops at the end, even when fewer rows are left than before', async () => {
  const { items, next } = await readRows(readPage, [], undefined, 50)
  expect([numbers(items), next]).toEqual([[1, 2, 3, 4], null])
})
