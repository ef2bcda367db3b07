import { DayDate } from '@maillage/contracts/kit/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Compared, distance, likenessOf, matchKeys, suspectedFrom } from './likeness.ts'

const person = (over: Partial<Compared> = {}): Compared => ({
  birthName: 'Larebvre',
  lastName: 'Larebvre',
  firstName: 'Mathilde',
  birthDate: DayDate.parse('1944-03-12'),
  sex: 'female',
  phones: ['+33612345678'],
  email: null,
  addressLine: '3 rue des Tilleuls',
  municipalityCode: '33063',
  ...over,
})
const far = { phones: [], addressLine: null, municipalityCode: '30083' }
const score = (over: Partial<Compared>, one = person()): number => likenessOf(one, person(over)).score

describe('one person written twice is suspected', () => {
  test.each([
    ['the four traits alone', far],
    ['a name as it is heard', { ...far, birthName: 'Larevre', lastName: 'Larevre', firstName: 'Matilde' }],
    ['a slip of the keyboard', { ...far, birthName: 'Larbevre', lastName: 'Larbevre' }],
    ['day and month turned round', { ...far, birthDate: DayDate.parse('1944-12-03') }],
    ['one digit of the birth date', { ...far, birthDate: DayDate.parse('1944-03-13') }],
    ['names in each other’s field', { birthName: 'Mathilde', lastName: 'Mathilde', firstName: 'Larebvre' }],
    ['half of a compound first name', { ...far, firstName: 'Anne-Mathilde' }],
    ['a married name and the same phone', { birthName: 'Cordelier', lastName: 'Larebvre' }],
    ['the sex mistaken', { ...far, sex: 'male' as const }],
  ])('%s', (_what, over) => {
    expect(score(over)).toBeGreaterThanOrEqual(suspectedFrom)
  })
})

describe('two people are not', () => {
  test.each([
    ['twins at one address', { firstName: 'Capucine' }],
    ['a mother and her daughter of the same name', { birthDate: DayDate.parse('1971-08-29') }],
    ['namesakes elsewhere', { ...far, birthDate: DayDate.parse('1962-01-30') }],
    ['neighbours born on the same day', { birthName: 'Quercy', lastName: 'Quercy', firstName: 'Solène', phones: [] }],
  ])('%s', (_what, over) => {
    expect(score(over)).toBeLessThan(suspectedFrom)
  })
})

test('each part is told with its points, and they make the score', () => {
  const { score: total, parts } = likenessOf(person(), person({ ...far, birthName: 'Larevre', email: null }))
  expect(parts).toEqual([
    { trait: 'birthName', how: 'sounds', points: 18 },
    { trait: 'firstName', how: 'same', points: 25 },
    { trait: 'birthDate', how: 'same', points: 30 },
    { trait: 'sex', how: 'same', points: 5 },
  ])
  expect(total).toBe(78)
  expect(JSON.stringify(parts)).not.toMatch(/Larevre|1944/)
})

test('one person is alike themselves up to a hundred; an unknown sex costs nothing', () => {
  expect(score({ email: 'x@exemple.fr' }, person({ email: 'X@exemple.fr' }))).toBe(100)
  expect(score({ ...far, sex: 'unknown' })).toBe(80)
})

test('whom one is compared with first changes nothing', () => {
  const someone = fc.record({
    birthName: fc.constantFrom('Larebvre', 'Larevre', 'Mathilde', 'Ana', ''),
    firstName: fc.constantFrom('Mathilde', 'Anne-Mathilde', 'Larebvre', 'Léo'),
    birthDate: fc.constantFrom('1944-03-12', '1944-12-03', '2001-01-01').map((day) => DayDate.parse(day)),
    sex: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
  })
  fc.assert(
    fc.property(someone, someone, (one, other) => {
      const [a, b] = [person({ ...one, lastName: one.birthName }), person({ ...other, lastName: other.birthName })]
      expect(likenessOf(a, b).score).toBe(likenessOf(b, a).score)
      expect(likenessOf(a, b).score).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('letters missed, added, changed or turned round are counted up to a bound', () => {
  expect(distance('martel', 'martel', 2)).toBe(0)
  expect(distance('martel', 'matrel', 2)).toBe(1)
  expect(distance('martel', 'marte', 2)).toBe(1)
  expect(distance('martel', 'mortal', 2)).toBe(2)
  expect(distance('ab', 'abcdef', 2)).toBe(3)
})

test('those who may be one person share a key, and strangers none', () => {
  const mine = new Set(matchKeys(person({ phones: [] })))
  const shares = (over: Partial<Compared>): boolean =>
    matchKeys(person({ ...far, ...over })).some((key) => mine.has(key))
  expect(shares({ firstName: 'Matilde', birthName: 'Cordelier', lastName: 'Cordelier' })).toBe(true)
  expect(shares({ birthDate: DayDate.parse('1944-12-03') })).toBe(true)
  expect(
    shares({
      birthName: 'Mathilde',
      lastName: 'Mathilde',
      firstName: 'Larebvre',
      birthDate: DayDate.parse('1944-03-13'),
    }),
  ).toBe(true)
  expect(shares({ firstName: 'Capucine', birthName: 'Quercy', lastName: 'Quercy' })).toBe(false)
})
