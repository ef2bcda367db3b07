import { TimelineEntry } from '@maillage/contracts/cases'
import { expect, test } from 'vitest'
import { addedByOthers, readersInWords, sinceInWords } from './reading-words.ts'

const entry = (last: number, by: string): TimelineEntry =>
  TimelineEntry.parse({
    id: `01938f00-0000-7000-8000-00000000000${last}`,
    at: '2026-03-02T10:38:00.000Z',
    type: 'note',
    action: 'add',
    by,
    byRole: 'coordinator',
    fromStatus: null,
    toStatus: null,
    reason: null,
    text: null,
    practitioner: null,
  })

test('who reads along is named, and a crowd is counted', () => {
  expect(readersInWords([])).toBeUndefined()
  expect(readersInWords(['Samira Haddad'])).toBe('Samira Haddad lit aussi ce dossier')
  expect(readersInWords(['Samira Haddad', 'Luc Roy'])).toBe('Samira Haddad et Luc Roy lisent aussi ce dossier')
  expect(readersInWords(['Samira Haddad', 'Luc Roy', 'Ana Paz'])).toBe(
    'Samira Haddad et 2 autres personnes lisent aussi ce dossier',
  )
})

test('a visit after which nothing happened says nothing', () => {
  expect(sinceInWords(0)).toBeUndefined()
  expect(sinceInWords(1)).toMatch(/^1\s?.changement depuis/)
  expect(sinceInWords(3)).toContain('changements depuis votre dernière lecture')
})

test('only what others added is news', () => {
  const before = [entry(1, 'Samira Haddad')]
  const now = [entry(4, 'Samira Haddad'), entry(3, 'Claire Moi'), entry(2, 'Luc Roy'), ...before]
  expect(addedByOthers(before, now, 'Claire Moi').map(({ by }) => by)).toEqual(['Samira Haddad', 'Luc Roy'])
})
