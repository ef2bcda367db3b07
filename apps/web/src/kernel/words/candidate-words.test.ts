import { filterCauses } from '@maillage/contracts/proposals'
import { expect, test } from 'vitest'
import { causeInWords, consequence, distanceInWords, reasonsInWords } from './candidate-words.ts'

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

test('the consequence says who is asked, when, and who must be called', () => {
  const vasseur = { name: 'Dr Vasseur', reachableBy: 'account' as const }
  const belkacem = { name: 'Dr Belkacem', reachableBy: 'phone' as const }
  expect(consequence('direct', [])).toBe('Choisissez à qui proposer.')
  expect(consequence('direct', [vasseur])).toContain('et personne d’autre')
  expect(consequence('direct', [belkacem])).toContain('n’a pas de compte')
  expect(consequence('sequential', [vasseur, belkacem])).toMatch(/Dr Vasseur d’abord.*À appeler.*Dr Belkacem/)
  expect(consequence('broadcast', [vasseur, belkacem])).toContain('la première acceptation l’emporte')
})
