import type { WaitingPatient } from '@maillage/contracts/candidates'
import { CaseId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import { freeInWords, freePlaces, mostOffered, type Offered, progressInWords, refusalToTick } from './offering.ts'

const id = (n: number) => CaseId.parse(`019aa5d2-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`)
const patient = (n: number, householdSize = 1) => ({ caseId: id(n), householdSize }) as WaitingPatient

test('one ticks up to the places left, and a household counts for each of its members', () => {
  expect(refusalToTick(patient(1), [], 1)).toBeUndefined()
  expect(refusalToTick(patient(2), [patient(1)], 1)).toContain('Toutes les places')
  expect(refusalToTick(patient(2, 3), [patient(1)], 3)).toBe('Ce foyer demande 3 places, il en reste 2.')
  expect(refusalToTick(patient(2), [patient(1)], null)).toBeUndefined()
  const many = Array.from({ length: mostOffered }, (_, n) => patient(n))
  expect(refusalToTick(patient(99), many, null)).toContain('Pas plus de 20')
})

test('places already asked of them are no longer free', () => {
  expect([freePlaces(5, 2), freePlaces(1, 3), freePlaces(null, 3)]).toEqual([3, 0, null])
  expect(freeInWords(3, 1)).toBe('3\u00A0places libres, 1\u00A0déjà proposée\u00A0: encore 2 à proposer.')
  expect(freeInWords(0, 0)).toBe('aucune place libre\u00A0: rien à proposer de plus.')
  expect(freeInWords(null, 0)).toContain('non déclarées')
})

test('what became of each is summed up in words', () => {
  const results = new Map<CaseId, Offered>([
    [id(1), { state: 'sent', id: 'a', version: 1 }],
    [id(2), { state: 'sent', id: 'b', version: 1 }],
    [id(3), { state: 'refused', why: 'x' }],
    [id(4), { state: 'withdrawn' }],
  ])
  expect(progressInWords(results)).toBe('2\u00A0propositions envoyées, 1\u00A0retirée, 1\u00A0non envoyée')
  expect(progressInWords(new Map())).toBe('')
})
