import { NotedDeclaration } from '@maillage/contracts/practitioners'
import { describe, expect, test } from 'vitest'
import { answerNotedInWords, declarationInWords, moveNotedInWords, saidInWords } from './noted-words.ts'

const now = new Date('2026-11-24T09:44:00Z')
const told = { by: 'Ana Essai', spokenTo: 'Mme Exemple', calledAt: '2026-11-24T08:40:00.000Z' }

describe('an answer that somebody else noted', () => {
  test('by phone: who said it, when, and who wrote it down', () => {
    expect(answerNotedInWords(told, now)).toBe(
      'Réponse donnée par téléphone (Mme Exemple, aujourd’hui 9:40), notée par Ana Essai.',
    )
  })
  test('without the hour of the call', () => {
    expect(answerNotedInWords({ ...told, calledAt: null }, now)).toBe(
      'Réponse donnée par téléphone (Mme Exemple), notée par Ana Essai.',
    )
  })
  test('by a secretary, nobody was on the phone', () => {
    expect(answerNotedInWords({ ...told, spokenTo: null, calledAt: null }, now)).toBe('Réponse donnée par Ana Essai.')
  })
})

test('a visit that somebody else noted: when, who, what, and who said it', () => {
  const visit = { ...told, action: 'attend', at: '2026-11-24T09:00:00.000Z' }
  expect(moveNotedInWords(visit, now)).toBe(
    'Aujourd’hui 10:00, Ana Essai a noté que le patient a été vu, après un appel (Mme Exemple, aujourd’hui 9:40).',
  )
  expect(moveNotedInWords({ ...visit, spokenTo: null, calledAt: null }, now)).toBe(
    'Aujourd’hui 10:00, Ana Essai a noté que le patient a été vu.',
  )
})

describe('a declaration that somebody else noted', () => {
  const noted = {
    ...told,
    id: '1',
    at: told.calledAt,
    channel: 'email',
    places: null,
    from: null,
    until: null,
  } as const
  test.each([
    [{ what: 'places', places: 3 }, '3\u00A0places'],
    [{ what: 'places' }, 'Places non indiquées, à appeler'],
    [
      { what: 'absence-added', from: '2026-12-01', until: '2026-12-15' },
      'Absence du 1er décembre 2026 au 15 décembre 2026',
    ],
    [{ what: 'absence-removed', from: '2026-12-02', until: '2026-12-02' }, 'Absence le 2 décembre 2026, retirée'],
  ] as const)('%j', (over, words) => {
    expect(declarationInWords(NotedDeclaration.parse({ ...noted, ...over }))).toBe(words)
  })
  test('says how it was told', () => {
    expect(saidInWords(noted, now)).toBe('par e-mail (Mme Exemple, aujourd’hui 9:40)')
    expect(saidInWords({ ...noted, spokenTo: null }, now)).toBe('')
  })
})
