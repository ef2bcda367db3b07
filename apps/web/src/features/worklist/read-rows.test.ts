import { WorklistItem } from '@maillage/contracts/worklist'
import { expect, test } from 'vitest'
import { readRows } from './read-rows.ts'

const row = (n: number) =>
  WorklistItem.parse({
    id: `019aa5d2-0000-7000-8000-00000000000${n}`,
    reference: `MT-2026-000${n}`,
    kind: 'gp-search',
    status: 'eligible',
    band: 'P2',
    score: 40,
    dueAt: null,
    dueCode: null,
    firstName: 'Odette',
    lastName: 'Pailhès',
    birthDate: '1938-01-01',
    sex: 'female',
    municipality: 'Congénies',
    ownerId: null,
    ownerName: null,
    openedAt: '2026-11-01T09:00:00.000Z',
    updatedAt: '2026-11-01T09:00:00.000Z',
    escalated: false,
    liveProposals: 0,
    householdSize: 1,
    coverage: [],
    version: 1,
  })
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
