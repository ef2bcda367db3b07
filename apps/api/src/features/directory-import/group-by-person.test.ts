import { describe, expect, test } from 'vitest'
import {
  aDirectoryRow,
  type DirectoryCells,
  directoryHeader,
  directoryLine,
} from '../../../test/generate-directory-file.ts'
import { municipalityFinder } from '../../kernel/patients/municipality-finder.ts'
import { groupByPerson } from './group-by-person.ts'
import { readDirectory } from './read-directory.ts'

const municipalities = municipalityFinder(
  [
    { code: '33063', name: 'Bordeaux', postalCodes: ['33000'] },
    { code: '33039', name: 'Bègles', postalCodes: ['33130'] },
    { code: '75056', name: 'Paris', postalCodes: ['75001'] },
    { code: '2A004', name: 'Ajaccio', postalCodes: ['20000'] },
  ],
  [{ code: '33900', name: 'Vieille-Commune', currentCode: '33063' }],
)
const covers = (code: string) => code !== '75056'

async function* bytes(rows: readonly DirectoryCells[]): AsyncGenerator<Uint8Array> {
  const lines = [
    directoryHeader('newer'),
    ...rows.map((cells) => directoryLine('newer', { ...aDirectoryRow, ...cells })),
  ]
  yield new TextEncoder().encode(lines.join('\r\n'))
}
const group = (...rows: DirectoryCells[]) =>
  groupByPerson(
    readDirectory(bytes(rows), () => undefined),
    { municipalities, covers },
  )

test('a row becomes a person with a place of practice', async () => {
  const { entries, rows } = await group({ 'Code genre activité': 'GENR01' })
  expect(rows).toBe(1)
  expect(entries).toEqual([
    {
      rpps: '10000000001',
      title: 'Docteur',
      sex: 'female',
      lastName: 'VALMORIN',
      firstName: 'Anne-Lise',
      profession: 'physician',
      otherProfessions: [],
      specialties: [{ code: 'SM54', label: 'Médecine Générale' }],
      isGeneralPractitioner: true,
      sites: [
        {
          siret: '12345678900012',
          finess: undefined,
          name: 'CABINET DU QUAI',
          address: '2 Rue DES TILLEULS',
          postalCode: '33000',
          municipalityCode: '33063',
          phone: '+33556000001',
          email: 'cabinet@exemple.fr',
          practiceMode: 'L',
          activityKind: 'GENR01',
        },
      ],
    },
  ])
})

describe('rows of one person', () => {
  test('two activities are two places, whether or not the rows follow each other', async () => {
    const other = { 'Identifiant PP': '10000000002' }
    const second = { 'Identifiant technique de la structure': 'C200', 'Code commune (coord. structure)': '33039' }
    const { entries } = await group({}, other, second)
    expect(entries.map(({ rpps, sites }) => [rpps, sites.map(({ municipalityCode }) => municipalityCode)])).toEqual([
      ['10000000001', ['33063', '33039']],
      ['10000000002', ['33063']],
    ])
  })

  test('two skills at one place are two specialties and one place', async () => {
    const { entries } = await group({}, { 'Code savoir-faire': 'SM18', 'Libellé savoir-faire': 'Gériatrie' }, {})
    expect(entries[0]?.specialties.map(({ code }) => code)).toEqual(['SM54', 'SM18'])
    expect(entries[0]?.sites).toHaveLength(1)
  })

  test('a second row completes the phone that the first had not', async () => {
    const { entries } = await group({ 'Téléphone (coord. structure)': '' }, {})
    expect(entries[0]?.sites.map(({ phone }) => phone)).toEqual(['+33556000001'])
  })

  test('activities outside the territory are left out, the others kept', async () => {
    const { entries, skipped } = await group({}, { 'Code commune (coord. structure)': '75056' })
    expect(entries[0]?.sites).toHaveLength(1)
    expect(skipped['outside-territory']).toBe(1)
  })

  test('a second profession does not replace the first', async () => {
    const { entries } = await group({}, { 'Code profession': '21' })
    expect(entries[0]).toMatchObject({ profession: 'physician', otherProfessions: ['pharmacist'] })
  })
})

test.each(['SM26', 'SM53', 'SM54'])('%s is a general practitioner', async (code) => {
  expect((await group({ 'Code savoir-faire': code })).entries[0]?.isGeneralPractitioner).toBe(true)
})

test('a cardiologist and a nurse are no general practitioners', async () => {
  const { entries } = await group(
    { 'Code savoir-faire': 'SM04' },
    { 'Identifiant PP': '10000000002', 'Code profession': '60', 'Code savoir-faire': '' },
  )
  expect(entries.map((entry) => [entry.profession, entry.isGeneralPractitioner])).toEqual([
    ['physician', false],
    ['nurse', false],
  ])
})

describe('the commune', () => {
  test.each([
    ['a former code', { 'Code commune (coord. structure)': '33900' }],
    ['no code: postal code and name', { 'Code commune (coord. structure)': '' }],
    [
      'a CEDEX code',
      {
        'Code commune (coord. structure)': '',
        'Code postal (coord. structure)': '33075',
        'Libellé commune (coord. structure)': 'BORDEAUX CEDEX',
      },
    ],
  ])('by %s', async (_, cells) => {
    expect((await group(cells)).entries[0]?.sites[0]?.municipalityCode).toBe('33063')
  })

  test('Corsica keeps its letter', async () => {
    const cells = { 'Code commune (coord. structure)': '2A004', 'Code postal (coord. structure)': '20000' }
    expect((await group(cells)).entries[0]?.sites[0]?.municipalityCode).toBe('2A004')
  })
})

describe('identifiers', () => {
  test('the national form of an RPPS loses its prefix', async () => {
    expect((await group({ 'Identifiant PP': '810000000009' })).entries[0]?.rpps).toBe('10000000009')
  })

  test('an ADELI number is kept as such', async () => {
    const { entries } = await group({
      "Type d'identifiant PP": '0',
      'Identifiant PP': '339300012',
      'Code profession': '93',
    })
    expect(entries[0]).toMatchObject({ adeli: '339300012', profession: 'psychologist' })
    expect(entries[0]?.rpps).toBeUndefined()
  })
})

test.each([
  ['outside-territory', { 'Code commune (coord. structure)': '75056' }],
  [
    'unknown-municipality',
    {
      'Code commune (coord. structure)': '99999',
      'Code postal (coord. structure)': '',
      'Libellé commune (coord. structure)': 'Nulle part',
    },
  ],
  [
    'no-place',
    {
      'Code commune (coord. structure)': '',
      'Code postal (coord. structure)': '',
      'Libellé commune (coord. structure)': '',
    },
  ],
  ['unknown-identifier-type', { "Type d'identifiant PP": '3' }],
  ['bad-identifier', { 'Identifiant PP': '123' }],
  ['missing-name', { "Nom d'exercice": ' ' }],
  ['unknown-profession', { 'Code profession': '99' }],
] as const)('a row gives nobody and is counted: %s', async (cause, cells) => {
  const { entries, skipped, rows } = await group(cells)
  expect(entries).toEqual([])
  expect(skipped[cause]).toBe(1)
  expect(Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(rows)
})

test('what cannot be read is left empty, never invented', async () => {
  const { entries } = await group({
    'Téléphone (coord. structure)': '12',
    'Adresse e-mail (coord. structure)': 'sans objet',
    'Numéro SIRET site': '12',
    'Numéro FINESS site': 'ABC',
    'Code civilité': '',
  })
  expect(entries[0]?.sex).toBe('unknown')
  expect(entries[0]?.sites[0]).toMatchObject({
    phone: undefined,
    email: undefined,
    siret: undefined,
    finess: undefined,
  })
})
