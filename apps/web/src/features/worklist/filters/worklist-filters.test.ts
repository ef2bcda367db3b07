import { expect, test } from 'vitest'
import { emptyTitle, filterWords } from './filter-words.ts'
import { addressOf, type Filters, filtersOf, noFilters, queryOf, setFilters, without } from './worklist-filters.ts'

const all: Filters = {
  kind: 'hospital-discharge',
  status: ['submitted', 'covered'],
  band: ['P1', 'P2'],
  municipality: ['30321'],
  owner: 'none',
  due: 'late',
  sort: 'band',
}

test('an address says what the list shows, in the user’s words, and is read back whole', () => {
  const address = addressOf(all)
  expect(address).toEqual({
    type: 'sortie',
    statut: ['submitted', 'covered'],
    priorite: ['P1', 'P2'],
    commune: ['30321'],
    responsable: 'personne',
    echeance: 'retard',
    tri: 'priorite',
  })
  // vue-router reads values as strings or arrays of strings, as they were written.
  expect(filtersOf(address as Parameters<typeof filtersOf>[0])).toEqual(all)
})

test('nothing set leaves a bare address', () => {
  expect(addressOf(noFilters)).toEqual({})
  expect(filtersOf({})).toEqual(noFilters)
})

test('what an old or a hand-made link says and nobody knows is left out', () => {
  const filters = filtersOf({
    type: 'constructor',
    statut: 'covered',
    priorite: ['P9', 'P3'],
    commune: 'Junas',
    tri: '',
  })
  expect(filters).toEqual({ ...noFilters, status: ['covered'], band: ['P3'] })
})

test('a status of another kind goes when the tab changes', () => {
  expect(addressOf({ ...all, kind: 'gp-search' }).statut).toEqual(['submitted'])
})

test('the API is asked in its own words, and only for what is set', () => {
  expect(queryOf({ ...noFilters, owner: 'me' })).toEqual({ owner: 'me', sort: 'queue' })
})

test('a filter is named, and taken off alone', () => {
  expect(setFilters(all)).toEqual(['due', 'band', 'status', 'municipality', 'owner'])
  expect(setFilters(without(all, 'band'))).toEqual(['due', 'status', 'municipality', 'owner'])
})

test('the words of a filter and of an empty list name the commune, not its code', () => {
  const names = [{ code: '30321', name: 'Sommières' }]
  expect(filterWords(all, 'municipality', names)).toBe('Sommières')
  expect(filterWords(all, 'status', names)).toBe('À recevoir, Couverte')
  expect(emptyTitle(all, ['municipality', 'band'], names)).toBe('Aucun dossier à Sommières en P1, P2')
})
