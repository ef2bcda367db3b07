import { expect, test } from 'vitest'
import { visitChoices } from './visit-choices.ts'

test('in the morning, today comes first', () => {
  const choices = visitChoices(new Date('2026-11-24T09:44:00Z'))
  expect(choices.map(({ value }) => value)).toEqual([
    '2026-11-24T12:00',
    '2026-11-24T14:00',
    '2026-11-24T18:00',
    '2026-11-25T09:00',
  ])
  expect(choices[0]?.label).toBe('Aujourd’hui\u00A012:00')
  expect(choices[3]?.label).toBe('Demain\u00A09:00')
})

test('late in the evening, nothing is offered for the night', () => {
  const [first] = visitChoices(new Date('2026-11-24T20:10:00Z'))
  expect(first?.value).toBe('2026-11-25T09:00')
})

test('a need that begins later is visited from its beginning on', () => {
  const choices = visitChoices(new Date('2026-11-24T09:44:00Z'), new Date('2026-11-27T08:00:00Z'))
  expect(choices.map(({ value }) => value.slice(0, 10))).not.toContain('2026-11-24')
  expect(choices[0]?.value).toBe('2026-11-27T09:00')
})
