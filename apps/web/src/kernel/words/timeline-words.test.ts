import type { TimelineEntry } from '@maillage/contracts/cases'
import { expect, test } from 'vitest'
import { storyLine } from './timeline-words.ts'

const entry = (over: Partial<TimelineEntry>): TimelineEntry => ({
  id: '1',
  at: '2026-11-21T10:00:00.000Z',
  type: 'move',
  action: 'qualify',
  by: 'Samira Haddad',
  byRole: 'coordinator',
  fromStatus: null,
  toStatus: null,
  reason: null,
  text: null,
  practitioner: null,
  onBehalf: null,
  ...over,
})
const told = (over: Partial<TimelineEntry>) =>
  storyLine('gp-search', entry(over), { withdrawn: 'Ne souhaite plus' }).what

test('a move says its reason in the words of its kind', () => {
  expect(told({ action: 'close', reason: 'withdrawn' })).toBe('a clos le dossier\u00A0: Ne souhaite plus')
})

test('an answer is told apart when somebody noted it for the practitioner', () => {
  const answer = { type: 'proposal', action: 'declined', practitioner: 'Dr Sarrazin', reason: 'too_far' } as const
  expect(told(answer)).toBe('a noté le refus de Dr Sarrazin\u00A0: trop loin')
  expect(told({ ...answer, by: 'Dr Sarrazin' })).toBe('a décliné la proposition\u00A0: trop loin')
})

test('a case handed over says to whom, in the sentence alone', () => {
  const given = { type: 'owner', action: 'hand-over', text: 'Jeanne Maurin' } as const
  expect(told(given)).toBe('a confié le dossier à Jeanne Maurin')
  expect(told({ ...given, text: null })).toBe('a confié le dossier')
  expect(storyLine('gp-search', entry(given), {}).quote).toBeNull()
})

test('a contact attempt reads its channel and its result', () => {
  expect(told({ type: 'contact-attempt', action: 'phone', reason: 'no-answer' })).toBe(
    'a tenté de joindre (Téléphone)\u00A0: Pas de réponse',
  )
})

test('a consequence of a newer version says where the case went', () => {
  expect(told({ action: 'brand-new', toStatus: 'matched' })).toBe(
    'a fait avancer le dossier\u00A0: «\u00A0Médecin trouvé\u00A0»',
  )
})

test('what somebody typed is a quotation, never a part of the sentence', () => {
  const line = storyLine('gp-search', entry({ type: 'note', action: 'add', text: 'Rappeler mardi' }), {})
  expect(line).toMatchObject({ what: 'a ajouté une note', quote: 'Rappeler mardi' })
})
