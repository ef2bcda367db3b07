import { expect, test } from 'vitest'
import { emptyTitle, filterWords } from './filter-words.ts'
import {
  addressOf,
  cleared,
  type Filters,
  filtersOf,
  noFilters,
  queryOf,
  setFilters,
  without,
} from './worklist-filters.ts'

const all: Filters = {
  kind: 'hospital-discharge',
  status: ['submitted', 'covered'],
  band: ['P1', 'P2'],
  municipality: ['30321'],
  owner: 'none',
  due: 'late',
  sort: 'band',
  columns: ['due', 'status'],
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
    colonnes: ['echeance', 'statut'],
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
  const names = {
    municipalities: [{ code: '30321', name: 'Sommières' }],
    coordinators: [{ id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c02', displayName: 'Zoé Essai' }],
  }
  expect(filterWords(all, 'municipality', names)).toBe('Sommières')
  expect(filterWords(all, 'status', names)).toBe('À recevoir, Couverte')
  expect(emptyTitle(all, ['municipality', 'band'], names)).toBe('Aucun dossier à Sommières en P1, P2')
})

test('a colleague is found again behind their account, whose name never stands in the address', () => {
  const owner = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c02'
  const address = addressOf({ ...noFilters, owner })
  expect(address).toEqual({ responsable: owner })
  expect(filtersOf(address as Parameters<typeof filtersOf>[0]).owner).toBe(owner)
  expect(filtersOf({ responsable: 'Zoé' }).owner).toBeUndefined()
  const known = { municipalities: [], coordinators: [{ id: owner, displayName: 'Zoé Essai' }] }
  expect(filterWords({ ...noFilters, owner }, 'owner', known)).toBe('Zoé Essai')
})

test('the filters go, the order and the columns stay', () => {
  expect(cleared(all)).toEqual({ ...noFilters, kind: all.kind, sort: 'band', columns: ['due', 'status'] })
})
