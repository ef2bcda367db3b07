import { expect, test } from 'vitest'
import { noFilters } from '../filters/worklist-filters.ts'
import { countWords } from './count-words.ts'

const counts = {
  open: 165,
  late: 5,
  dueToday: 3,
  byKind: { 'gp-search': 128, 'unscheduled-care': 14, 'hospital-discharge': 23 },
  byBand: { P1: 1, P2: 2, P3: 3, P4: 4 },
  byStatus: [],
  unmet: 0,
}
const base = { filters: noFilters, q: '', counts, known: 100, isWhole: false }

test('the whole queue is counted by the server', () => {
  expect(countWords(base)).toEqual({ total: 165, count: '165\u00A0dossiers', late: '5\u00A0en retard' })
  expect(countWords({ ...base, filters: { ...noFilters, kind: 'unscheduled-care' } })).toMatchObject({ total: 14 })
})

test('filtered, the list counts itself once read to its end', () => {
  const filters = { ...noFilters, owner: 'me' as const }
  expect(countWords({ ...base, filters })).toEqual({
    total: undefined,
    count: 'plus de 100\u00A0dossiers',
    late: undefined,
  })
  expect(countWords({ ...base, filters, known: 1, isWhole: true })).toMatchObject({ total: 1, count: '1\u00A0dossier' })
  expect(countWords({ ...base, q: 'dubois', known: 0, isWhole: true }).count).toBe('aucun dossier')
})
