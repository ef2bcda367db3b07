import type { BoardCard, BoardNeed } from '@maillage/contracts/discharges/discharge-board'
import { DayDate } from '@maillage/contracts/kit/dates'
import { CaseId, NeedId } from '@maillage/contracts/kit/ids'
import { describe, expect, test } from 'vitest'
import { boardColumns, clockOnDay, columnOf, neighbourDay } from './board-columns.ts'
import { alertsOf, firstVisitor, needInWords } from './board-words.ts'

const plain = (words: string | undefined): string => (words ?? '').replaceAll('\u00A0', ' ')
const now = new Date('2026-11-24T10:00:00Z')

const need = (over: Partial<BoardNeed> = {}): BoardNeed => ({
  id: NeedId.parse('0190a5f0-0000-7000-8000-000000000001'),
  type: 'home-nurse',
  status: 'open',
  vital: false,
  carer: null,
  firstVisitAt: null,
  reconfirmationPending: false,
  answerBy: null,
  declines: 0,
  ...over,
})
const card = (over: Partial<BoardCard> = {}): BoardCard => ({
  id: CaseId.parse('0190a5f0-0000-7000-8000-000000000002'),
  reference: 'SH-2026-0013',
  version: 1,
  status: 'coordinating',
  band: 'P2',
  expectedDischargeAt: '2026-11-26T13:00:00.000Z',
  patient: {
    firstName: 'Solange',
    lastName: 'Essai',
    birthDate: DayDate.parse('1941-03-14'),
    municipality: 'Aubais',
  },
  unit: { name: 'Orthopédie', organization: 'Hôpital d’essai' },
  needs: [need()],
  dueAt: null,
  dueCode: null,
  escalatedAt: null,
  isNew: false,
  movedFrom: null,
  ...over,
})
const leaving = (expectedDischargeAt: string): BoardCard => card({ expectedDischargeAt })

describe('the columns of a board', () => {
  test('are the days of Paris, then what comes later', () => {
    const columns = boardColumns(
      [leaving('2026-11-24T22:30:00Z'), leaving('2026-11-24T23:30:00Z')],
      '2026-11-24',
      4,
      now,
    )
    expect(columns.map(({ title, date }) => [title, plain(date)])).toEqual([
      ['Aujourd’hui', 'mar. 24 nov.'],
      ['Demain', 'mer. 25 nov.'],
      ['Jeudi', 'jeu. 26 nov.'],
      ['Vendredi', 'ven. 27 nov.'],
      ['Plus tard', 'dès sam. 28 nov.'],
    ])
    expect(columns.map(({ cards }) => cards.length)).toEqual([1, 1, 0, 0, 0])
  })

  test('keep each discharge on its own day the night when the clocks go back, and the one when they go forward', () => {
    const autumn = new Date('2026-10-24T08:00:00Z')
    const days = ['2026-10-24', '2026-10-25', '2026-10-26']
    expect(columnOf('2026-10-24T22:30:00Z', days, autumn)).toBe('2026-10-25')
    expect(columnOf('2026-10-25T22:30:00Z', days, autumn)).toBe('2026-10-25')
    expect(columnOf('2026-10-25T23:30:00Z', days, autumn)).toBe('2026-10-26')
    const spring = boardColumns([], '2026-03-28', 3, new Date('2026-03-28T08:00:00Z'))
    expect(spring.map(({ key }) => key)).toEqual(['2026-03-28', '2026-03-29', '2026-03-30', 'later'])
  })

  test('put what is late in today, and what is beyond the last day later', () => {
    const columns = boardColumns(
      [leaving('2026-11-22T13:00:00Z'), leaving('2026-12-24T13:00:00Z')],
      '2026-11-24',
      4,
      now,
    )
    expect(columns[0]).toMatchObject({ late: 1, uncovered: 1 })
    expect(columns.at(-1)?.cards).toHaveLength(1)
    expect(neighbourDay(columns, '2026-11-24', -1)).toBeUndefined()
    expect(neighbourDay(columns, '2026-11-27', 1)?.day).toBe('2026-11-28')
    expect(clockOnDay('2026-11-24T14:00', '2026-11-26')).toBe('2026-11-26T14:00')
  })
})

describe('what a card warns of', () => {
  const words = (over: Partial<BoardCard>) => alertsOf(card(over), now).map((alert) => [alert.tone, plain(alert.words)])

  test('48 hours before, then 12 hours before, while a need is not covered', () => {
    expect(words({ expectedDischargeAt: '2026-11-28T13:00:00Z' })).toEqual([])
    expect(words({ expectedDischargeAt: '2026-11-26T06:00:00Z' })).toEqual([
      ['today', 'Sortie dans 44 h : 1 besoin à couvrir'],
    ])
    expect(words({ expectedDischargeAt: '2026-11-24T13:30:00Z' })).toEqual([['late', 'Sortie dans 3 h']])
    expect(words({ expectedDischargeAt: '2026-11-24T13:30:00Z', escalatedAt: '2026-11-24T02:00:00Z' })).toEqual([
      ['late', 'Escaladée, sortie dans 3 h'],
    ])
    expect(words({ expectedDischargeAt: '2026-11-24T13:30:00Z', needs: [need({ status: 'covered' })] })).toEqual([])
    expect(words({ expectedDischargeAt: '2026-11-24T07:00:00Z' })).toEqual([
      ['late', 'Sortie prévue il y a 3 h, à confirmer'],
    ])
  })

  test('the date that moved, and who must say again that they come', () => {
    const pending = need({ status: 'proposed', reconfirmationPending: true })
    const moved = { expectedDischargeAt: '2026-11-30T13:00:00Z', movedFrom: '2026-12-01T13:00:00Z' }
    expect(words({ ...moved, needs: [pending, pending] })).toEqual([
      ['note', 'Avancée de mardi à lundi, 2 soignants à reconfirmer'],
    ])
  })

  test('the reception that is due', () => {
    const later = { status: 'submitted', expectedDischargeAt: '2026-11-30T13:00:00Z' } as const
    expect(words({ ...later, dueAt: '2026-11-24T11:00:00Z' })).toEqual([['today', 'Réception à confirmer avant 12:00']])
    expect(words({ ...later, dueAt: '2026-11-24T09:00:00Z' })).toEqual([['late', 'Réception à confirmer, en retard']])
  })
})

describe('what stands beside a need', () => {
  test.each([
    [need({ status: 'covered', carer: 'C. Sabatier' }), 'C. Sabatier'],
    [need({ status: 'proposed', answerBy: '2026-11-24T16:10:00Z' }), 'reste 6 h'],
    [need({ declines: 3 }), '3 déclins'],
    [need(), 'à proposer'],
    [need({ status: 'unmet' }), 'sans solution'],
    [need({ status: 'proposed', reconfirmationPending: true, carer: 'C. Sabatier' }), 'C. Sabatier, à reconfirmer'],
  ])('%#', (line, words) => {
    expect(plain(needInWords(line, now))).toBe(words)
  })

  test('who comes first is the earliest visit that was promised', () => {
    const needs = [
      need({ status: 'covered', carer: 'Tard', firstVisitAt: '2026-11-27T07:00:00Z' }),
      need({ status: 'covered', carer: 'Tôt', firstVisitAt: '2026-11-26T17:00:00Z' }),
      need({ status: 'proposed', carer: 'Peut-être', firstVisitAt: '2026-11-25T07:00:00Z' }),
    ]
    expect(plain(firstVisitor({ needs }, now))).toBe('jeu. 26 nov. 18:00, Tôt')
  })
})
