import { describe, expect, test } from 'vitest'
import { foldMunicipalityName, municipalityFinder } from './municipality-finder.ts'

const communes = [
  { code: '33063', name: 'Bordeaux', postalCodes: ['33000', '33100'] },
  { code: '77408', name: 'Saint-Germain-sur-Morin', postalCodes: ['77860'] },
  { code: '77128', name: 'Couilly-Pont-aux-Dames', postalCodes: ['77860'] },
  { code: '25462', name: 'Pontarlier', postalCodes: ['25300'] },
  { code: '69123', name: 'Lyon', postalCodes: ['69001', '69003'] },
  { code: '69383', name: 'Lyon 3e Arrondissement', postalCodes: ['69003'], city: '69123' },
  { code: '2A004', name: 'Ajaccio', postalCodes: ['20000', '20167'] },
  { code: '01015', name: 'Arboys en Bugey', postalCodes: ['01300'] },
  { code: '14654', name: 'Saint-Pierre-en-Auge', postalCodes: ['14170'] },
  { code: '97502', name: 'Saint-Pierre', postalCodes: ['97500'] },
  { code: '97416', name: 'Saint-Pierre', postalCodes: ['97410'] },
]
const former = [
  { code: '01340', name: 'Saint-Bois', currentCode: '01015' },
  { code: '01015', name: 'Arbignieu', currentCode: '01015' },
  { code: '20004', name: null, currentCode: '2A004' },
]
const finder = municipalityFinder(communes, former)
const codeOf = (written: Parameters<typeof finder.find>[0]) => finder.find(written).found?.code

test.each([
  ['ST GERMAIN S/ MORIN', 'Saint-Germain-sur-Morin'],
  ['PONTARLIER CEDEX 2', 'Pontarlier'],
  ['LYON 03', 'Lyon 3e Arrondissement'],
  ['Le Havre', 'HAVRE'],
  ["L'Haÿ-les-Roses", 'hay les roses'],
])('« %s » and « %s » fold alike', (written, official) => {
  expect(foldMunicipalityName(written)).toBe(foldMunicipalityName(official))
})

describe('a commune is found', () => {
  test.each([
    [{ code: '33063' }, '33063'],
    [{ code: '2a004' }, '2A004'],
    [{ code: '01340' }, '01015'],
    [{ code: '20004' }, '2A004'],
    [{ code: '99999', postalCode: '33000', name: 'Bordeaux' }, '33063'],
    [{ postalCode: '77860', name: 'st germain sur morin' }, '77408'],
    [{ postalCode: '25304', name: 'PONTARLIER CEDEX' }, '25462'],
    [{ postalCode: '20181', name: 'Ajaccio Cedex 1' }, '2A004'],
    [{ postalCode: '33100' }, '33063'],
    [{ postalCode: '01300', name: 'Arbignieu' }, '01015'],
    [{ name: 'Bordeaux' }, '33063'],
  ])('%o', (written, code) => {
    expect(codeOf(written)).toBe(code)
  })

  test.each([
    [{ postalCode: '69003', name: 'LYON' }],
    [{ postalCode: '69003', name: 'Lyon 03' }],
    [{ postalCode: '69003' }],
    [{ code: '69123', postalCode: '69003' }],
  ])('the arrondissement rather than its city: %o', (written) => {
    expect(codeOf(written)).toBe('69383')
  })
})

describe('a commune is not guessed', () => {
  test.each([
    [{ postalCode: '77860' }, 'ambiguous'],
    [{ name: 'Saint-Pierre' }, 'ambiguous'],
    [{ postalCode: '77860', name: 'Nulle-Part' }, 'unknown'],
    [{ postalCode: '25300', name: 'Bordeaux' }, 'unknown'],
    [{ code: '99999' }, 'unknown'],
    [{}, 'nothing-written'],
  ])('%o', (written, cause) => {
    expect(finder.find(written)).toMatchObject({ found: undefined, cause })
  })
})
