import type { RescheduleConsequence, ReschedulePreview } from '@maillage/contracts/discharges/discharge-board'
import { NeedId } from '@maillage/contracts/kit/ids'
import { describe, expect, test } from 'vitest'
import { consequenceGroups, consequenceHead, consequenceNotes, movedInWords, shiftInWords } from './reschedule-words.ts'

const now = new Date('2026-11-21T09:00:00Z')
const plain = (words: string): string => words.replaceAll('\u00A0', ' ')
const at = (iso: string): Date => new Date(iso)

const need = (over: Partial<RescheduleConsequence>): RescheduleConsequence => ({
  needId: NeedId.parse('0190a5f0-0000-7000-8000-000000000001'),
  type: 'home-nurse',
  status: 'covered',
  becomes: 'covered',
  startAt: '2026-11-25T08:00:00.000Z',
  carer: { name: 'Camille Sabatier', phone: '+33465710142' },
  answer: 'told',
  byPhone: false,
  firstVisitAt: null,
  visitTooEarly: false,
  ...over,
})
const preview = (over: Partial<ReschedulePreview>): ReschedulePreview => ({
  from: '2026-11-24T13:00:00.000Z',
  to: '2026-11-26T13:00:00.000Z',
  version: 3,
  asksAgain: true,
  reconfirmBy: '2026-11-23T11:00:00.000Z',
  needs: [],
  coveredBefore: 2,
  coveredAfter: 1,
  wanted: 3,
  escalates: false,
  ...over,
})

describe('how far a date moved', () => {
  test.each([
    ['2026-11-24T13:00:00Z', '2026-11-23T13:00:00Z', 'avancée de mardi à lundi'],
    ['2026-11-24T13:00:00Z', '2026-11-27T08:00:00Z', 'repoussée de mardi à vendredi'],
    ['2026-11-24T13:00:00Z', '2026-11-24T16:00:00Z', 'repoussée de 3 h'],
    ['2026-11-24T13:00:00Z', '2026-12-12T13:00:00Z', 'repoussée du 24 novembre au 12 décembre'],
  ])('from %s to %s', (from, to, words) => {
    expect(plain(movedInWords(at(from), at(to)))).toBe(words)
  })

  test('counts days of the calendar across the night when the clocks change', () => {
    expect(plain(shiftInWords(at('2026-10-24T13:00:00Z'), at('2026-10-25T14:00:00Z')))).toBe('repoussée de 1 jour')
  })
})

describe('what a moved date does', () => {
  test('says what is covered now and until they answer', () => {
    expect(plain(consequenceHead(preview({})))).toBe(
      'Sortie repoussée de 2 jours. Besoins couverts : 2 sur 3 aujourd’hui, 1 jusqu’à leur réponse.',
    )
    expect(plain(consequenceHead(preview({ coveredAfter: 2 })))).toContain('Ce qui est couvert le reste : 2 sur 3')
    expect(consequenceHead(preview({ coveredBefore: 0, coveredAfter: 0 }))).toContain('Personne n’a encore accepté')
  })

  test('groups who says again, whom to call and who is told', () => {
    const groups = consequenceGroups(
      preview({
        needs: [
          need({ answer: 'reconfirm', becomes: 'proposed' }),
          need({ type: 'meals', byPhone: true, carer: { name: 'Portage d’essai', phone: '+33465710143' } }),
          need({ type: 'pharmacy', firstVisitAt: '2026-11-25T07:00:00.000Z', visitTooEarly: true }),
          need({ type: 'physiotherapy', status: 'open', becomes: 'open', carer: null, answer: 'none' }),
        ],
      }),
      now,
    )
    expect(groups.map(({ key, lines }) => [key, lines.map(({ who }) => who)])).toEqual([
      ['reconfirm', ['Camille Sabatier']],
      ['call', ['Portage d’essai']],
      ['told', ['Camille Sabatier']],
    ])
    expect(groups[1]?.lines[0]?.phone).toBe('+33465710143')
    expect(plain(groups[2]?.lines[0]?.what ?? '')).toBe('Pharmacie, visite prévue mer. 25 nov. 8:00, avant le retour')
  })

  test('says plainly that going back is another change, and when they answer', () => {
    const notes = consequenceNotes(preview({ needs: [need({ answer: 'reconfirm' })], escalates: true }), now).map(plain)
    expect(notes[0]).toContain('escaladée')
    expect(notes[1]).toContain('avant lun. 23 nov. 12:00')
    expect(notes.at(-1)).toContain('Revenir en arrière est un nouveau changement')
  })
})
