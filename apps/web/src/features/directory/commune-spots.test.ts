import type { CommuneNeed } from '@maillage/contracts/territory'
import { expect, test } from 'vitest'
import { communeInWords, communeSpots, totalInWords } from './commune-spots.ts'

const commune = (code: string, name: string, over: Partial<CommuneNeed> = {}): CommuneNeed => ({
  code,
  name,
  place: { latitude: 43.7, longitude: 4.1 },
  inTerritory: true,
  practitioners: 3,
  places: 0,
  waiting: 0,
  waitingP1: 0,
  meanWaitDays: null,
  ...over,
})

test('need and offer share one scale, and the largest commune comes first', () => {
  const spots = communeSpots([
    commune('30001', 'Junas', { waiting: 4, places: 16 }),
    commune('30002', 'Sommières', { waiting: 16, waitingP1: 4, places: 4 }),
    commune('30003', 'Perdue', { place: null }),
  ])
  expect(spots.map(({ id, label, offer }) => [id, label, offer])).toEqual([
    ['30002', 'Sommières 16', '+4'],
    ['30001', 'Junas 4', '+16'],
  ])
  expect(spots[0]?.size).toBe(spots[1]?.disc)
})

test('a commune and the territory are said in words, and only what may be read', () => {
  expect(communeInWords(commune('1', 'Junas', { waiting: 31, waitingP1: 4, places: 3 }))).toBe(
    '31\u00A0patients en attente, dont 4\u00A0P1\u202F; 3\u00A0places ouvertes',
  )
  const quiet = { waiting: null, waitingP1: null, places: null }
  expect(communeInWords(commune('1', 'Junas', quiet))).toBe('3\u00A0soignants')
  expect(totalInWords([commune('1', 'Junas', quiet), commune('2', 'Aubais', quiet)])).toBe('6\u00A0soignants')
  expect(totalInWords([commune('1', 'Junas', { waiting: 2, places: 1 })])).toBe(
    '3\u00A0soignants, 1\u00A0place ouverte pour 2\u00A0patients',
  )
})
