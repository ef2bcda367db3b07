import { DayDate } from '@maillage/contracts/kit/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDay } from './parse-day.ts'
import { parseFullName, parseLastName } from './parse-name.ts'
import { parseDays, parseList, parseLossReason, parsePhones, parseSex, parseYesNo } from './parse-values.ts'
import { dayOfSerial } from './sheets/read-workbook.ts'

const today = DayDate.parse('2026-03-01')
const birth = (text: string) => parseDay({ text }, today, 'birth')

describe('a day as people write it', () => {
  test.each([
    ['12/03/1944', '1944-03-12'],
    ['12-3-44', '1944-03-12'],
    ['12.03.1944', '1944-03-12'],
    ['12 03 1944', '1944-03-12'],
    ['12 mars 1944', '1944-03-12'],
    ['1er avril 1950', '1950-04-01'],
    ['4 févr. 1939', '1939-02-04'],
    ['15 AOÛT 1961', '1961-08-15'],
    ['dimanche 12 mars 1944', '1944-03-12'],
    ['1944-03-12', '1944-03-12'],
    ['1944-03-12T00:00:00Z', '1944-03-12'],
    ['12/03/1944 00:00', '1944-03-12'],
    ['12031944', '1944-03-12'],
    ['1031944', '1944-03-01'],
    ['16143', '1944-03-12'],
    ['12/03/44', '1944-03-12'],
    [' 2 / 7 / 1958 ', '1958-07-02'],
    ['29/02/1952', '1952-02-29'],
  ])('%s', (text, day) => {
    expect(birth(text)).toEqual({ day })
  })

  test.each([
    ['31/02/1950', 'impossible-date'],
    ['29/02/1951', 'impossible-date'],
    ['03/25/1944', 'impossible-date'],
    ['00/01/1950', 'impossible-date'],
    ['1944', 'year-only'],
    ['12/03/24', 'ambiguous-century'],
    ['vers 1950', 'unreadable-date'],
    ['12 brumaire 1944', 'unreadable-date'],
    ['12/03', 'unreadable-date'],
    ['81 ans', 'unreadable-date'],
  ])('%s is refused: %s', (text, problem) => {
    expect(birth(text)).toEqual({ problem })
  })

  test('a year of two figures is of our century when somebody was put on a list', () => {
    expect(parseDay({ text: '03/02/25' }, today, 'recent')).toEqual({ day: '2025-02-03' })
  })

  test('any day of any form is read back as itself', () => {
    const days = fc.date({ min: new Date('1927-01-01'), max: new Date('2026-02-28'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        const [year, month, dayOfMonth] = day.split('-')
        const long = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
          new Date(`${day}T00:00:00Z`),
        )
        const serial = Math.round((Date.parse(day) - Date.parse('1899-12-30')) / 86_400_000)
        for (const text of [
          `${dayOfMonth}/${month}/${year}`,
          `${Number(dayOfMonth)}-${Number(month)}-${year}`,
          day,
          long,
          String(serial),
        ]) {
          expect(birth(text)).toEqual({ day })
        }
      }),
    )
  })

  test('no text at all makes it throw or invent', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = birth(text)
        expect('problem' in parsed || DayDate.safeParse(parsed.day).success).toBe(true)
      }),
    )
    expect(dayOfSerial(-1)).toBeUndefined()
  })
})

describe('a name in one cell', () => {
  test.each([
    ['DUPRIN Jean', { lastName: 'DUPRIN', firstName: 'Jean' }],
    ['Jean DUPRIN', { lastName: 'DUPRIN', firstName: 'Jean' }],
    ['DUPRIN, Jean-Marc', { lastName: 'DUPRIN', firstName: 'Jean-Marc' }],
    ['DE LA TOURNE Marie Claude', { lastName: 'DE LA TOURNE', firstName: 'Marie Claude' }],
    ['M. DUPRIN Jean', { lastName: 'DUPRIN', firstName: 'Jean', sex: 'male' }],
    [
      'Mme DUPRIN née MARTELET Jeanne',
      { lastName: 'DUPRIN', birthName: 'MARTELET', firstName: 'Jeanne', sex: 'female' },
    ],
    ['DUPRIN Jeanne née MARTELET', { lastName: 'DUPRIN', birthName: 'MARTELET', firstName: 'Jeanne' }],
    ['DUPRIN Jeanne (née MARTELET)', { lastName: 'DUPRIN', birthName: 'MARTELET', firstName: 'Jeanne' }],
    ['MARTELET épouse DUPRIN Jeanne', { lastName: 'DUPRIN', birthName: 'MARTELET', firstName: 'Jeanne' }],
    ['MARTELET ép. DUPRIN Jeanne', { lastName: 'DUPRIN', birthName: 'MARTELET', firstName: 'Jeanne' }],
    ['Duprin Jean', { lastName: 'Duprin', firstName: 'Jean', orderAssumed: true }],
    ["D'ARVAL Élise", { lastName: "D'ARVAL", firstName: 'Élise' }],
  ])('%s', (text, name) => {
    expect(parseFullName(text)).toEqual(name)
  })

  test.each(['DUPRIN', 'DUPRIN JEAN PIERRE', 'Jean Pierre Duprin', '', 'Mme DUPRIN'])(
    '« %s » is not split by guess',
    (text) => {
      expect(parseFullName(text)).toBeUndefined()
    },
  )

  test('a last name alone may still say the birth name and the civility', () => {
    expect(parseLastName('Mme DUPRIN née MARTELET')).toEqual({
      lastName: 'DUPRIN',
      birthName: 'MARTELET',
      sex: 'female',
    })
    expect(parseLastName('DE LA TOURNE')).toEqual({ lastName: 'DE LA TOURNE' })
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        parseFullName(text)
        parseLastName(text)
      }),
    )
  })
})

test.each([
  ['O', true],
  ['oui', true],
  ['X', true],
  ['1', true],
  ['VRAI', true],
  ['✓', true],
  ['Oui (diabète)', true],
  ['ALD 30', true],
  ['CMU', true],
  ['N', false],
  ['non', false],
  ['0', false],
  ['Faux', false],
  ['Non, pas encore', false],
  ['', undefined],
  ['?', undefined],
  ['NSP', undefined],
  ['diabète', 'unreadable'],
])('« %s » answers %s', (text, answer) => {
  expect(parseYesNo(text)).toBe(answer)
})

test.each([
  ['F', 'female'],
  ['Mme', 'female'],
  ['Mlle', 'female'],
  ['2', 'female'],
  ['H', 'male'],
  ['M.', 'male'],
  ['M', 'male'],
  ['1', 'male'],
  ['autre', undefined],
])('« %s » is %s', (text, sex) => {
  expect(parseSex(text)).toBe(sex)
})

describe('phones', () => {
  test.each([
    ['06 12 34 56 78', ['+33612345678'], ''],
    ['06.12.34.56.78 / 05.56.00.00.04', ['+33612345678', '+33556000004'], ''],
    ['06/12/34/56/78', ['+33612345678'], ''],
    ['612345678', ['+33612345678'], ''],
    ['+33 6 12 34 56 78', ['+33612345678'], ''],
    ['0033612345678', ['+33612345678'], ''],
    ['+33 (0)6 12 34 56 78', ['+33612345678'], ''],
    ['06 12 34 56 78 (sa fille)', ['+33612345678'], '(sa fille)'],
    ['06 12 34', [], '06 12 34'],
    ['liste rouge', [], 'liste rouge'],
  ])('%s', (text, phones, rest) => {
    expect(parsePhones(text)).toEqual({ phones, rest })
  })

  test('any French number is found under any punctuation', () => {
    const digits = fc.tuple(fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '9'), fc.stringMatching(/^\d{8}$/))
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '.', '-', '/'), ([first, rest], separator) => {
        const pairs = `0${first}${rest}`.match(/\d\d/g) ?? []
        const { phones } = parsePhones(pairs.join(separator))
        expect(phones).toHaveLength(1)
      }),
    )
  })
})

test.each([
  ['15', 15],
  ['15 jours', 15],
  ['20j', 20],
  ['2 semaines', 14],
  ['1 mois', 30],
  ['aucun', 0],
  ['0', 0],
  ['bientôt', undefined],
  ['999', undefined],
])('« %s » leaves %s days of treatment', (text, days) => {
  expect(parseDays(text)).toBe(days)
})

test.each([
  ['Départ à la retraite', 'retired'],
  ['décès', 'deceased'],
  ['Déménagement du patient', 'patient_moved'],
  ['arrive de Lille', 'patient_moved'],
  ['Le médecin a déménagé', 'moved_away'],
  ['refus de suivi', 'refused'],
  ["n'en a jamais eu", 'never_had'],
  ['conflit', undefined],
])('« %s » is the reason %s', (text, reason) => {
  expect(parseLossReason(text)).toBe(reason)
})

test('a list of doctors is cut where people part them', () => {
  expect(parseList('Dr Arnotte, Dr Lusson ; cabinet du Quai et Dr Pernot')).toEqual([
    'Dr Arnotte',
    'Dr Lusson',
    'cabinet du Quai',
    'Dr Pernot',
  ])
})
