import { expect, test } from 'vitest'
import { answersTitle, daysInWords, figuresOf, greeting, standInWords, visitWords } from './home.messages.ts'

// Tuesday 24 November 2026, 10:44 in Paris.
const now = new Date('2026-11-24T09:44:00Z')
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ')

test('each figure leads to the queue under the filters that count the same', () => {
  const figures = {
    late: 6,
    oldestLateAt: '2026-11-22T09:00:00Z',
    dueToday: 14,
    new: 9,
    newUnowned: 6,
    unmet: 2,
    unmetRecent: 1,
  }
  expect(
    figuresOf(figures, now).map(({ value, label, detail, query }) => [value, label, plain(detail), query]),
  ).toEqual([
    [6, 'en retard', 'le plus ancien : 2 j', { echeance: 'retard' }],
    [14, 'à faire aujourd’hui', 'd’ici minuit', { echeance: 'aujourdhui' }],
    [9, 'nouvelles demandes', '6 sans responsable', { statut: 'submitted' }],
    [2, 'sans solution', 'dont 1 ces 30 jours', { statut: 'closed_no_solution' }],
  ])
})

test('nothing late is said so', () => {
  const none = { late: 0, oldestLateAt: null, dueToday: 0, new: 0, newUnowned: 0, unmet: 0, unmetRecent: 0 }
  expect(figuresOf(none, now).map(({ detail }) => plain(detail))).toEqual([
    'rien n’est en retard',
    'plus d’échéance ce jour',
    'tout est trié',
    'dont aucun ces 30 jours',
  ])
})

test('the day, and since when there is news', () => {
  expect(plain(visitWords({ since: '2026-11-23T17:10:00Z' }, now))).toBe(
    'Mardi 24 novembre. Nouvelles depuis hier 18:10.',
  )
  expect(plain(visitWords({ since: '2026-11-24T07:42:00Z' }, now))).toBe('Mardi 24 novembre. Nouvelles depuis 8:42.')
  expect(answersTitle(new Date('2026-11-23T17:10:00Z'), now)).toBe('Réponses depuis hier')
  expect(plain(answersTitle(new Date('2026-11-24T07:42:00Z'), now))).toBe('Réponses depuis 8:42')
  expect(greeting('Nadia Ponantais')).toBe('Bonjour Nadia')
})

test('an absence, and what it leaves', () => {
  expect(daysInWords('2026-03-09', '2026-03-13')).toBe('du 9 au 13 mars 2026')
  expect(daysInWords('2026-03-30', '2026-04-03')).toBe('du 30 mars 2026 au 3 avril 2026')
  expect(daysInWords('2026-03-01', '2026-03-01')).toBe('le 1er mars 2026')
  const left = { late: 2, callbacks: 1, alerts: 0 } as Parameters<typeof standInWords>[0]
  expect(plain(standInWords(left))).toBe('2 dossiers en retard, 1 rappel, aucune alerte')
})
