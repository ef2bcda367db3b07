import { describe, expect, test } from 'vitest'
import type { NeedLine } from './mark-types.ts'
import { coverageInWords, freshnessInWords, placesInWords, proposalClock } from './mark-words.ts'

const plain = (text: string): string => text.replace(/\u00A0/g, ' ')

describe('coverage', () => {
  const needs: NeedLine[] = [
    { label: 'Infirmière', state: 'covered', by: 'C. Sabatier' },
    { label: 'Infirmière', state: 'open' },
    { label: 'Repas', state: 'not_needed' },
    { label: 'Kiné', state: 'unmet' },
  ]

  test('needs found useless do not count, two of a label stay two', () => {
    const { wanted, count, detail } = coverageInWords(needs)
    expect(wanted).toHaveLength(3)
    expect(plain(count)).toBe('1 besoin couvert sur 3')
    expect(plain(detail)).toBe('Infirmière : couvert par C. Sabatier, Infirmière : à couvrir, Kiné : sans solution')
  })

  test('without any need it says so', () => {
    expect(coverageInWords([]).count).toBe('Aucun besoin')
  })
})

describe('places', () => {
  test.each([
    [3, 5, '3 places', ' sur 5', 5],
    [1, 4, '1 place', ' sur 4', 4],
    [0, 3, 'complet', '', 3],
    [-1, 3, 'complet', '', 3],
    [4, 12, '4 places', ' sur 12', 0],
    [2, null, '2 places', '', 0],
  ])('%d of %s reads « %s »', (left, total, words, outOf, dots) => {
    const places = placesInWords(left, total)
    expect(plain(places.words)).toBe(words)
    expect(places.outOf).toBe(outOf)
    expect(places.dots).toHaveLength(dots)
  })
})

describe('proposal clock', () => {
  const sent = new Date('2026-11-24T10:00:00Z')
  const end = new Date('2026-11-26T10:00:00Z')

  test.each([
    ['2026-11-24T10:00:00Z', false, 'reste 2 j'],
    ['2026-11-25T07:00:00Z', false, 'reste 27 h'],
    ['2026-11-25T22:00:00Z', true, 'plus que 12 h'],
    ['2026-11-26T09:48:00Z', true, 'plus que 12 min'],
    ['2026-11-26T10:00:00Z', true, 'délai écoulé'],
  ])('at %s ending is %s: « %s »', (now, ending, words) => {
    const clock = proposalClock(sent, end, new Date(now))
    expect(clock.ending).toBe(ending)
    expect(plain(clock.words)).toBe(words)
  })

  test('a clock that runs late never draws more than a full ring', () => {
    expect(proposalClock(sent, end, new Date('2026-11-24T09:00:00Z')).share).toBe(1)
  })
})

test.each([
  ['2026-11-24T07:00:00Z', false, 'confirmé aujourd’hui'],
  ['2026-11-23T22:30:00Z', false, 'confirmé hier'],
  ['2026-11-20T08:00:00Z', false, 'confirmé il y a 4 j'],
  ['2026-08-14T08:00:00Z', true, 'à reconfirmer (102 j)'],
  ['2026-11-25T07:00:00Z', false, 'confirmé aujourd’hui'],
])('confirmed at %s: stale is %s, « %s »', (confirmedAt, stale, words) => {
  const freshness = freshnessInWords(new Date(confirmedAt), new Date('2026-11-24T10:00:00Z'), 90)
  expect(freshness.stale).toBe(stale)
  expect(plain(freshness.words)).toBe(words)
})
