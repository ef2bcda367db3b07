import type { GpSearch } from '@maillage/contracts/gp-search'
import { expect, test } from 'vitest'
import { peopleOf, scopeField, splitBody, splitSpec } from './household-moves.ts'

// Only what these functions read.
const search = {
  patient: { id: 'a', firstName: 'Irma', lastName: 'Verlanche', birthDate: '1981-02-01' },
  household: [{ patientId: 'b', displayName: 'Lilou Verlanche', birthDate: '2014-02-01', details: {} }],
  householdSize: 2,
} as unknown as GpSearch

test('the person of the file comes first among those who search together', () => {
  expect(peopleOf(search).map(({ name, isSubject }) => [name, isSubject])).toEqual([
    ['Irma Verlanche', true],
    ['Lilou Verlanche', false],
  ])
})

test('a split sends whom it concerns, and what becomes of their search', () => {
  const patientIds = ['b']
  expect(splitBody({ patientIds, next: 'search' })).toEqual({ patientIds })
  expect(splitBody({ patientIds, next: 'together' })).toEqual({ patientIds, together: true })
  expect(splitBody({ patientIds, next: 'close', closeReason: 'deceased' })).toEqual({
    patientIds,
    next: { action: 'close', reason: 'deceased' },
  })
  expect(splitBody({ patientIds, next: 'hold', holdReason: 'hospitalised', resumeAt: 'x' })).toEqual({
    patientIds,
    next: { action: 'hold', reason: 'hospitalised', resumeAt: 'x' },
  })
})

test('a reason is asked only of those whose search ends', () => {
  const fields = splitSpec(search, 'b').fields
  const shown = (next: string) => fields.filter(({ when }) => !when || when({ next })).map(({ name }) => name)
  expect(shown('search')).toEqual(['patientIds', 'next'])
  expect(shown('close')).toEqual(['patientIds', 'next', 'closeReason'])
})

test('a closing asks who is meant, the person by name', () => {
  expect(scopeField(search)).toMatchObject({
    options: [
      { value: 'patient', label: 'Irma Verlanche seulement, les autres continuent' },
      { value: 'household', label: 'Tout le foyer, 2\u00A0personnes' },
    ],
  })
})
