import { CaseSubject } from '@maillage/contracts/patients'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { faultAt, faultsOfAnswer, faultsOfContract } from './faults.ts'

const words = { '/patient/birthName': 'Indiquez le nom de naissance.', '/needs/*/startAt': 'Indiquez le début.' }

test('a fault of the contract is said in the words of its field', () => {
  const read = z
    .object({ patient: z.object({ birthName: z.string().min(1) }) })
    .safeParse({ patient: { birthName: '' } })
  const faults = read.success ? [] : faultsOfContract(read.error, words)
  expect(faults).toEqual([{ pointer: '/patient/birthName', text: 'Indiquez le nom de naissance.' }])
})

test('a person described badly is not said to be an unknown identifier', () => {
  const read = z.object({ patient: CaseSubject }).safeParse({ patient: { birthName: '', firstName: 'Odette' } })
  const faults = read.success ? [] : faultsOfContract(read.error, words)
  expect(faultAt(faults, '/patient/birthName')).toBe('Indiquez le nom de naissance.')
  expect(faults.some(({ pointer }) => pointer === '/patient/birthDate')).toBe(true)
  expect(faults.some(({ pointer }) => pointer === '/patient/id')).toBe(false)
})

test('a refusal of the API stands beside its field, whatever its index', () => {
  const faults = faultsOfAnswer(
    [
      { pointer: '/needs/2/startAt', code: 'invalid_format' },
      { pointer: '/details/expectedDischargeAt', code: 'past' },
    ],
    words,
  )
  expect(faultAt(faults, '/needs/2/startAt')).toBe('Indiquez le début.')
  expect(faultAt(faults, '/details/expectedDischargeAt')).toBe('Indiquez une date à venir.')
})

test('a field without words of its own is still said', () => {
  const [fault] = faultsOfAnswer([{ pointer: '/other', code: 'strange' }], words)
  expect(fault?.text).toMatch(/manque/)
})
