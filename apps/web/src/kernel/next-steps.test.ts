import { caseKinds } from '@maillage/contracts/cases'
import { NeedId } from '@maillage/contracts/kit/ids'
import { describe, expect, test } from 'vitest'
import { nextStep, type StepFacts } from './next-steps.ts'
import { isEnded, statusesOf } from './status-looks.ts'

const facts = (over: Partial<StepFacts>): StepFacts => ({
  kind: 'gp-search',
  status: 'eligible',
  dueCode: null,
  escalated: false,
  liveProposals: 0,
  coverage: [],
  ...over,
})
const need = (type: string, status: StepFacts['coverage'][number]['status']) => ({
  needId: NeedId.parse('019aa5d2-0000-7000-8000-000000000001'),
  type,
  status,
})

describe.each(caseKinds)('%s', (kind) => {
  test('every status says what comes next, in French', () => {
    for (const status of statusesOf[kind]) {
      const step = nextStep(facts({ kind, status }))
      expect(step).not.toBe('Ouvrir le dossier')
      if (isEnded(kind, status)) expect(step).toBe('Rien à faire')
      else expect(step).not.toBe('Rien à faire')
    }
  })
  test('a status of a newer version still opens the case', () => {
    expect(nextStep(facts({ kind, status: 'brand_new' }))).toBe('Ouvrir le dossier')
  })
})

test.each([
  [{ status: 'matched', dueCode: 'tell-patient' }, 'Prévenir le patient'],
  [{ status: 'matched', dueCode: 'first-visit' }, 'Fixer le premier RDV'],
  [{ status: 'proposing', liveProposals: 1 }, 'Attendre la réponse'],
  [{ status: 'proposing', liveProposals: 3 }, 'Attendre 3 réponses'],
  [{ status: 'eligible', dueCode: 'revalidation' }, 'Reconfirmer la demande'],
  [{ status: 'eligible', dueCode: 'revalidation-asked' }, 'Proposer à un médecin'],
  [{ status: 'eligible', dueCode: 'callback' }, 'Rappeler, comme convenu'],
] as const)('%o: %s', (over, step) => {
  expect(nextStep(facts(over))).toBe(step)
})

test('a discharge names the first need that nobody covers', () => {
  const coverage = [need('pharmacy', 'covered'), need('physiotherapy', 'proposed'), need('home-nurse', 'open')]
  const discharge = facts({ kind: 'hospital-discharge', status: 'partially_covered', coverage })
  expect(nextStep(discharge)).toBe('Trouver une infirmière')
  expect(nextStep({ ...discharge, coverage: coverage.slice(0, 2), liveProposals: 1 })).toBe('Attendre la réponse')
})
