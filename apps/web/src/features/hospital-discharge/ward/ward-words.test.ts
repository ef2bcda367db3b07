import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { expect, test } from 'vitest'
import { cancelConsequences, firstVisitInWords, remainingInWords, rowAct } from './ward-words.ts'

const now = new Date('2026-11-24T09:44:00Z')
type Line = HospitalDischarge['needs'][number]
const need = (type: Line['type'], status: Line['status'], visit?: string): Partial<Line> => ({
  type,
  status,
  coveredBy: visit ? { name: 'C. Sabatier', practicePhone: null, outside: false } : null,
  firstVisitAt: visit ?? null,
  reconfirmationPending: false,
})
/** Only what the words read; the rest of a discharge says nothing here. */
const discharge = (part: object): HospitalDischarge =>
  ({
    status: 'coordinating',
    missing: [],
    needs: [],
    escalatedAt: null,
    allowedActions: [],
    details: { expectedDischargeAt: '2026-11-26T13:00:00.000Z' },
    ...part,
    // The test builds the few fields that the words read.
  }) as unknown as HospitalDischarge

test('what is left to settle is one line, red only when it is grave', () => {
  const needs = [need('home-nurse', 'covered', '2026-11-26T17:00:00.000Z'), need('physiotherapy', 'open')]
  expect(remainingInWords(discharge({ needs }))).toEqual({ words: 'Kinésithérapie', isGrave: false })
  expect(remainingInWords(discharge({ needs, escalatedAt: now.toISOString() }))).toEqual({
    words: 'Kinésithérapie\u00A0: pas couvert',
    isGrave: true,
  })
  expect(remainingInWords(discharge({ needs: [needs[0]] })).words).toBe('Rien')
  expect(remainingInWords(discharge({ status: 'submitted', needs })).words).toMatch(/attendue/)
  expect(remainingInWords(discharge({ status: 'info_requested', missing: ['address', 'phone'] })).words).toBe(
    'À préciser\u00A0: adresse, téléphone',
  )
})

test('who comes first is the earliest visit given', () => {
  const needs = [
    need('physiotherapy', 'covered', '2026-11-27T08:00:00.000Z'),
    need('home-nurse', 'covered', '2026-11-25T17:00:00.000Z'),
  ]
  expect(firstVisitInWords(discharge({ needs }), now)).toBe('C. Sabatier, demain 18:00')
  expect(firstVisitInWords(discharge({ needs: [need('home-nurse', 'open')] }), now)).toBeUndefined()
})

test('cancelling says who is told', () => {
  const covered = discharge({ needs: [need('home-nurse', 'covered', '2026-11-26T17:00:00.000Z')] })
  expect(cancelConsequences(covered)).toMatch(/C\. Sabatier/)
})

test('a row offers what this ward has to do now', () => {
  const allowedActions = [
    { action: 'discharge', requires: [] },
    { action: 'provide-info', requires: [], disabledBecause: 'wrong-status' },
  ]
  expect(rowAct(discharge({ status: 'covered', allowedActions }))?.label).toBe('Confirmer la sortie')
  expect(rowAct(discharge({ allowedActions }))).toBeUndefined()
})
