import type { CallSheetSending } from '@maillage/contracts/coordination/call-sheets'
import { expect, test } from 'vitest'
import { hindranceOf, sendingInWords } from './call-sheet-sending.ts'

const sending = (over: Partial<CallSheetSending>): CallSheetSending => ({
  id: '01938f00-0000-7000-8000-000000000001',
  at: '2026-03-02T09:00:00.000Z',
  address: 'alix@medecin.mssante.example',
  status: 'sent',
  sentAt: '2026-03-02T09:05:00.000Z',
  ...over,
})

test('what became of a sending is said with its hour in Paris', () => {
  expect(sendingInWords(sending({}))).toBe('Envoyée par MSSanté le lundi 2 mars 2026 à 10:05.')
  expect(sendingInWords(sending({ status: 'waiting', sentAt: null }))).toBe(
    'En route depuis le lundi 2 mars 2026 à 10:00.',
  )
  expect(sendingInWords(sending({ status: 'refused', sentAt: null }))).toContain('Appelez le cabinet')
})

test('why it cannot go is said before it is tried', () => {
  const to = {
    proposalId: 'p',
    practitioner: { id: 'x', displayName: 'Dr Alix Essai', profession: 'physician' },
    sendings: [],
  }
  const recipient = (address: string | null, isReachable: boolean) =>
    // Only the address and its reach are read.
    ({ ...to, address, isReachable }) as unknown as Parameters<typeof hindranceOf>[0]
  expect(hindranceOf(recipient(null, false))).toContain('Pas d’adresse MSSanté')
  expect(hindranceOf(recipient('alix@messagerie.example', false))).toContain('domaine')
  expect(hindranceOf(recipient('alix@medecin.mssante.example', true))).toBeUndefined()
})
