import { describe, expect, test } from 'vitest'
import { clockInWords, momentChoices, momentOfWords } from './reminder-moments.ts'

// Tuesday 24 November 2026, 10:44 in Paris.
const now = new Date('2026-11-24T09:44:00Z')

describe('what people say on the phone', () => {
  test.each([
    ['demain 14 h', '2026-11-25T14:00'],
    ['Demain à 9:00', '2026-11-25T09:00'],
    ['demain', '2026-11-25T09:00'],
    ['demain matin', '2026-11-25T09:00'],
    ['demain après-midi', '2026-11-25T14:00'],
    ['après-demain 14h30', '2026-11-26T14:30'],
    ['cet après-midi', '2026-11-24T14:00'],
    ['ce soir', '2026-11-24T18:00'],
    ['aujourd’hui 16 h', '2026-11-24T16:00'],
    ['lundi 14:00', '2026-11-30T14:00'],
    ['mardi', '2026-12-01T09:00'],
    ['jeudi prochain à midi', '2026-11-26T12:00'],
    ['la semaine prochaine', '2026-11-30T09:00'],
    ['dans 1 h', '2026-11-24T11:44'],
    ['dans une heure', '2026-11-24T11:44'],
    ['dans 30 min', '2026-11-24T11:14'],
    ['dans 3 jours', '2026-11-27T09:00'],
    ['dans 2 semaines', '2026-12-08T09:00'],
    ['le 27/11 à 10h30', '2026-11-27T10:30'],
    ['27 novembre 9 h', '2026-11-27T09:00'],
    ['lundi 30 novembre 8h', '2026-11-30T08:00'],
    ['le 1er décembre', '2026-12-01T09:00'],
    ['3 février', '2027-02-03T09:00'],
    ['14 h', '2026-11-24T14:00'],
    ['9 h', '2026-11-25T09:00'],
    ['demain 14\u00A0h', '2026-11-25T14:00'],
  ])('« %s »', (said, clock) => {
    expect(momentOfWords(said, now)).toBe(clock)
  })

  test.each(['', 'bientôt', 'demain 25 h', 'lundi plus tard', '31 février', 'dans', '14', 'demain demain'])(
    '« %s » is not understood, and nothing is guessed',
    (said) => {
      expect(momentOfWords(said, now)).toBeUndefined()
    },
  )

  test('the delays follow the clock across its change', () => {
    // Saturday 24 October 2026: the next night lasts an hour more.
    expect(momentOfWords('demain 14 h', new Date('2026-10-24T10:00:00Z'))).toBe('2026-10-25T14:00')
    expect(momentOfWords('dans 24 h', new Date('2026-10-24T10:00:00Z'))).toBe('2026-10-25T11:00')
  })
})

test('one press: in an hour, tomorrow, Monday', () => {
  expect(momentChoices(now).map(({ value }) => value)).toEqual([
    '2026-11-24T11:44',
    '2026-11-25T09:00',
    '2026-11-25T14:00',
    '2026-11-30T09:00',
    '2026-11-30T14:00',
  ])
})

test('on a Sunday, Monday is said once', () => {
  const sunday = new Date('2026-11-22T09:00:00Z')
  expect(momentChoices(sunday).map(({ label }) => label.replace('\u00A0', ' '))).toEqual([
    'Dans 1 h',
    'Demain 9:00',
    'Demain 14:00',
  ])
})

test('what was understood is said back', () => {
  expect(clockInWords('2026-11-25T14:00', now)).toBe('demain 14:00')
  expect(clockInWords('2026-11-24T11:44', now)).toBe('aujourd’hui 11:44')
  expect(clockInWords('nonsense', now)).toBeUndefined()
})
