import { SavedViewQuery } from '@maillage/contracts/coordination/saved-views'
import { expect, test } from 'vitest'
import { type Filters, noFilters } from '../filters/worklist-filters.ts'
import { filtersOfView, isSameView, myDay, queryOfView } from './view-query.ts'

const set: Filters = { ...noFilters, kind: 'gp-search', band: ['P1', 'P2'], due: 'late', columns: ['due', 'status'] }

test('a view keeps what the list shows, in the shape of its contract, and gives it back', () => {
  for (const filters of [set, noFilters, myDay.filters]) {
    const query = SavedViewQuery.parse(queryOfView(filters))
    expect(filtersOfView({ query })).toEqual(filters)
  }
})

test('two lists are the same view whatever the order of what was ticked', () => {
  expect(isSameView(set, { ...set, band: ['P2', 'P1'], columns: ['status', 'due'] })).toBe(true)
  expect(isSameView(set, { ...set, band: ['P2'] })).toBe(false)
  expect(isSameView(set, { ...set, columns: [] })).toBe(false)
})
