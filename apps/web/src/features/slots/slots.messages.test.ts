import { SlotId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import { ApiProblem } from '../../platform/http.ts'
import { keptInWords, withdrawalRefusal } from './slots.messages.ts'

const now = new Date('2026-06-08T08:00:00Z')
const kept = (startsAt: string) => ({
  id: SlotId.parse('0192b748-49c4-702e-80b8-378497deabad'),
  startsAt,
  endsAt: startsAt,
  state: 'booked' as const,
})

test('what stayed of a changed series is named, without a page of it', () => {
  expect(keptInWords([], now)).toBeUndefined()
  expect(keptInWords([kept('2026-06-09T12:00:00Z')], now)).toBe(
    'Un créneau pris reste à son ancienne heure\u00A0: demain 14:00.',
  )
  const many = Array.from({ length: 5 }, () => kept('2026-06-09T12:00:00Z'))
  expect(keptInWords(many, now)).toBe(
    '5 créneaux pris restent à leur ancienne heure\u00A0: demain 14:00, demain 14:00, demain 14:00 et 2\u00A0autres.',
  )
})

test('a publication that cannot be taken back says which slot is taken; any other refusal keeps its words', () => {
  const refusal = (errors: { pointer: string; code: string; detail: string }[]): ApiProblem =>
    new ApiProblem({ type: '', title: '', status: 409, code: 'slot-taken', instance: 'urn:uuid:1', errors })
  const taken = { pointer: '/slots/1', code: 'booked', detail: '2026-06-09T12:00:00.000Z' }
  expect(withdrawalRefusal(refusal([taken]), now)).toBe(
    'Rien n’a été retiré\u00A0: un créneau est déjà pris, demain 14:00.',
  )
  expect(withdrawalRefusal(refusal([]), now)).toBeUndefined()
  expect(withdrawalRefusal(new Error('cut'), now)).toBeUndefined()
})
