import { expect, test } from 'vitest'
import { filtersOfQuery, queryOfFilters } from './directory-filters.ts'

test('the address keeps the filters, and never a name', () => {
  const filters = { profession: 'nurse', municipality: '30321', acceptsNewPatients: 'true' as const, q: 'Sabatier' }
  expect(queryOfFilters(filters)).toEqual({ profession: 'nurse', commune: '30321', places: 'oui' })
})

test('an address made by hand cannot ask what the API would refuse', () => {
  expect(filtersOfQuery({ profession: 'wizard', commune: 'Sommières', places: '1' })).toEqual({
    profession: undefined,
    municipality: undefined,
    acceptsNewPatients: undefined,
  })
  expect(filtersOfQuery({ profession: ['nurse', 'x'], commune: '2A004' })).toMatchObject({
    profession: 'nurse',
    municipality: '2A004',
  })
})
