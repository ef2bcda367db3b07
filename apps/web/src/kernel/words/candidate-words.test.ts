import { filterCauses, relaxations } from '@maillage/contracts/candidates'
import { expect, test } from 'vitest'
import {
  causeInWords,
  consequence,
  distanceInWords,
  fittingReasons,
  givenUpInWords,
  loadInWords,
  reasonsInWords,
  shortLoadInWords,
  untilInWords,
  wideningInWords,
} from './candidate-words.ts'

const reason = (code: string, value?: string) => ({ factor: 'profile' as const, points: 1, max: 5, code, value })

test('what speaks for somebody is said first, and what has its own column is not repeated', () => {
  const words = reasonsInWords([
    reason('distance', '3.2'),
    reason('no-home-visits'),
    reason('language', 'arabe'),
    reason('places-left', '3'),
    reason('of-a-newer-version'),
  ])
  expect(words).toEqual([
    { words: 'parle arabe', leaning: 'for' },
    { words: 'pas de visite', leaning: 'against' },
  ])
})

test('somebody slow to answer is said so', () => {
  expect(reasonsInWords([reason('answers-in-hours', '5')])[0]).toEqual({ words: 'répond en 5\u00A0h', leaning: 'for' })
  expect(reasonsInWords([reason('answers-in-hours', '96')])[0]?.leaning).toBe('against')
})

test('distances read as people say them', () => {
  expect([distanceInWords(0), distanceInWords(3.84), distanceInWords(null)]).toEqual(['sur place', '3,8\u00A0km', '—'])
})

test.each(filterCauses)('a count left out for « %s » is said in words, one and several', (cause) => {
  expect(causeInWords({ cause, count: 1 })).toMatch(/^1\u00A0\D/)
  expect(causeInWords({ cause, count: 4 })).toMatch(/^4\u00A0\D/)
})

test('the consequence says who is asked, until when, what comes after, and who must be called', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  const answerBy = new Date('2026-11-24T13:00:00Z')
  const vasseur = { name: 'Dr Vasseur', reachableBy: 'account' as const, answerBy }
  const belkacem = { name: 'Dr Belkacem', reachableBy: 'phone' as const, answerBy }
  expect(consequence('direct', [], now)).toBe('Choisissez à qui proposer.')
  expect(consequence('direct', [vasseur], now)).toBe(
    'Dr Vasseur reçoit un aperçu sans identité et a jusqu’à mardi 14:00 pour répondre.',
  )
  expect(consequence('direct', [belkacem], now)).toContain('n’a pas de compte')
  expect(consequence('sequential', [vasseur, belkacem], now)).toMatch(
    /^Dr Vasseur a jusqu’à mardi 14:00 pour répondre.*passe à Dr Belkacem\. À appeler.*Dr Belkacem/,
  )
  expect(consequence('sequential', [vasseur, belkacem, vasseur], now)).toContain('puis 1\u00A0autre dans l’ordre')
  expect(consequence('broadcast', [vasseur, belkacem], now)).toContain('la première acceptation l’emporte')
})

test('a delay is said by the day of the week when it is near, by the date when it is far', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  expect(untilInWords(new Date('2026-11-22T08:00:00Z'), now)).toBe('jusqu’à demain 9:00')
  expect(untilInWords(new Date('2026-12-04T13:00:00Z'), now)).toMatch(/^jusqu’au ven\..*14:00$/)
})

test('the load of 90 days is a sentence: received, accepted, declined, silent', () => {
  expect(loadInWords({ received: 0, accepted: 0, declined: 0, silent: 0 })).toBe('rien reçu en 90\u00A0j')
  expect(loadInWords({ received: 3, accepted: 2, declined: 0, silent: 1 })).toBe(
    '3\u00A0propositions en 90\u00A0j, 2\u00A0acceptées, 1\u00A0sans réponse',
  )
})

test('a narrow line says how many were accepted of how many sent', () => {
  expect(shortLoadInWords({ received: 0, accepted: 0, declined: 0, silent: 0 })).toBe('rien reçu en 90\u00A0j')
  expect(shortLoadInWords({ received: 3, accepted: 0, declined: 2, silent: 1 })).toBe(
    'aucune acceptée sur 3 en 90\u00A0j',
  )
  expect(shortLoadInWords({ received: 18, accepted: 7, declined: 1, silent: 0 })).toBe(
    '7\u00A0acceptées sur 18 en 90\u00A0j',
  )
})

test('when the line is short, what speaks against stays', () => {
  const all = reasonsInWords([reason('home-visits'), reason('accessible'), reason('long-term'), reason('last-place')])
  expect(fittingReasons(all, 200)).toEqual(all)
  expect(fittingReasons(all, 40).map(({ words }) => words)).toEqual(['visites à domicile', 'dernière place'])
})

test.each(relaxations)('giving up « %s » says what it is and what it brings', (relax) => {
  expect(wideningInWords({ relax, withinKm: null, adds: 4 })).toMatch(/^\D+\s:\s\+\s4$/)
  expect(givenUpInWords(relax, undefined)).toMatch(/\S/)
})

test('a wider circle says how wide', () => {
  expect(wideningInWords({ relax: 'distance', withinKm: 25, adds: 4 })).toBe('Élargir à 25\u00A0km\u00A0: +\u00A04')
  expect(givenUpInWords('distance', 25)).toBe('jusqu’à 25\u00A0km')
})
