import type { WorklistItem } from '@maillage/contracts/worklist'
import { expect, test } from 'vitest'
import { aRow } from './a-row.ts'
import { joined, patched, wantsMore } from './pages-ahead.ts'

const row = (n: number, version = 1): WorklistItem => aRow({ n, version })
const versions = (items: readonly WorklistItem[]): string[] =>
  items.map(({ reference, version }) => `${Number(reference.slice(-4))} v${version}`)

test('the next page is asked for long before the last row is reached', () => {
  expect(wantsMore(400, 0)).toBe(false)
  expect(wantsMore(400, 120)).toBe(true)
})

test('a row that moved between two pages stands once, where it was seen first', () => {
  expect(versions(joined([row(1), row(2)], [row(2, 5), row(3)]))).toEqual(['1 v1', '2 v1', '3 v1'])
})

test('rows read again take their place, and those that the filters no longer let through go', () => {
  const known = [row(1), row(2), row(3), row(4)]
  const asked = new Set([row(2).id, row(3).id])
  expect(versions(patched(known, asked, [row(2, 2)]))).toEqual(['1 v1', '2 v2', '4 v1'])
})
