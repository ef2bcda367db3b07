import { expect, test } from 'vitest'
import { actionInWords, auditRoleInWords, stepInWords } from './audit-words.ts'

test.each([
  ['gp-search.qualify', 'Demande triée'],
  ['session.open', 'Connexion'],
  ['practitioner.change 0198c0de-0000-7000-8000-000000000000', 'Fiche d’un soignant modifiée'],
  ['gp-search.something-new', 'gp-search.something-new'],
])('%s is told in French, or as it came', (action, words) => {
  expect(actionInWords({ action, outcome: 'done' })).toBe(words)
})

test('a refusal says why', () => {
  expect(actionInWords({ action: 'role-may-not POST /gp-searches/:id/moves', outcome: 'refused' })).toBe(
    'Votre rôle ne permet pas cette action.',
  )
})

test('a step is said only when the case went from one status to another', () => {
  const action = 'gp-search.qualify'
  expect(stepInWords({ action, from: 'submitted', to: 'eligible' })).toBe('À trier → À proposer')
  expect(stepInWords({ action, from: null, to: 'submitted' })).toBe('À trier')
  expect(stepInWords({ action, from: 'eligible', to: 'eligible' })).toBe('')
  expect(stepInWords({ action: 'session.open', from: null, to: null })).toBe('')
})

test('what no person did is said to be automatic', () => {
  expect(auditRoleInWords('coordinator')).toBe('Coordination')
  expect(auditRoleInWords('system')).toBe('Automatique')
})
