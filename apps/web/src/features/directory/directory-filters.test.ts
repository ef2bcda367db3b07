import { expect, test } from 'vitest'
import { countMore, filtersOfQuery, queryOfFilters } from './directory-filters.ts'

test('the address keeps the filters, and never a name', () => {
  const filters = { profession: 'nurse', municipality: '30321', acceptsNewPatients: 'true' as const, q: 'Sabatier' }
  expect(queryOfFilters(filters)).toEqual({ profession: 'nurse', commune: '30321', places: 'oui' })
})

test('an address made by hand cannot ask what the API would refuse', () => {
  expect(filtersOfQuery({ profession: 'wizard', commune: 'Sommières', places: '1' })).toEqual({
    profession: undefined,
    municipality: undefined,
    acceptsNewPatients: undefined,
    team: undefined,
    teleconsultation: undefined,
    homeVisits: undefined,
    language: undefined,
    freshness: undefined,
    publication: undefined,
  })
  expect(filtersOfQuery({ equipe: 'x', fiche: 'constructor', publication: '__proto__', langue: ' ' })).toMatchObject({
    team: undefined,
    freshness: undefined,
    publication: undefined,
  })
  expect(filtersOfQuery({ profession: ['nurse', 'x'], commune: '2A004' })).toMatchObject({
    profession: 'nurse',
    municipality: '2A004',
  })
})

test('every filter goes to the address and comes back', () => {
  const filters = {
    team: '019aa5d2-0000-7000-8000-000000000001',
    teleconsultation: 'true',
    homeVisits: 'true',
    language: 'occitan',
    freshness: 'stale',
    publication: 'unasked',
  } as const
  const address = queryOfFilters(filters)
  expect(address).toEqual({
    equipe: filters.team,
    teleconsultation: 'oui',
    visites: 'oui',
    langue: 'occitan',
    fiche: 'a-confirmer',
    publication: 'a-demander',
  })
  expect(filtersOfQuery(address)).toMatchObject(filters)
  expect(countMore(filters)).toBe(6)
})
