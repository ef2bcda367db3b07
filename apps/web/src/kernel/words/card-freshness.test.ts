import { expect, test } from 'vitest'
import { freshnessOfCard } from './card-freshness.ts'

const now = new Date('2026-11-22T09:00:00Z')

test('a card says when it was confirmed, and when it must be asked again', () => {
  expect(freshnessOfCard(null, now)).toEqual({ words: 'jamais confirmée', isStale: true })
  expect(freshnessOfCard('2026-11-22T08:00:00Z', now).words).toBe('confirmée aujourd’hui')
  expect(freshnessOfCard('2026-11-21T22:00:00Z', now).words).toBe('confirmée hier')
  expect(freshnessOfCard('2026-11-10T09:00:00Z', now).words).toBe('confirmée il y a 12\u00A0jours')
  expect(freshnessOfCard('2026-07-20T09:00:00Z', now)).toEqual({
    words: 'confirmée il y a 4\u00A0mois',
    isStale: false,
  })
  expect(freshnessOfCard('2026-05-01T09:00:00Z', now)).toEqual({ words: 'confirmée il y a 6\u00A0mois', isStale: true })
})

test('a clock that runs behind does not confirm in the future', () => {
  expect(freshnessOfCard('2026-11-23T09:00:00Z', now).words).toBe('confirmée aujourd’hui')
})
