import { Agreement } from '@maillage/contracts/partners/partners'
import { expect, test } from 'vitest'
import { dayAfter, fieldsOf, readFields } from './agreement-form.ts'

const agreement = Agreement.parse({
  id: '019ab000-0000-7000-8000-000000000001',
  partnerId: '019ab000-0000-7000-8000-000000000002',
  scope: 'Sorties',
  signedOn: '2025-04-01',
  startsOn: '2025-05-01',
  endsOn: '2026-04-30',
  noticeDays: 60,
  alertDays: [90, 30],
  documentReference: 'Classeur 3',
  status: 'in-force',
  endedOn: null,
  renews: null,
  renewedBy: null,
  updatedAt: '2025-04-01T09:00:00.000Z',
  version: 2,
})

test('a renewal begins the day after, with the same scope and the rest to write', () => {
  expect(fieldsOf(agreement, true)).toMatchObject({
    scope: 'Sorties',
    startsOn: '2026-05-01',
    endsOn: '',
    signedOn: '',
  })
  expect(dayAfter('2028-02-28')).toBe('2028-02-29')
})

test('what is corrected is what stands', () => {
  const read = readFields(fieldsOf(agreement, false))
  expect(read).toEqual({
    body: {
      scope: 'Sorties',
      signedOn: '2025-04-01',
      startsOn: '2025-05-01',
      endsOn: '2026-04-30',
      noticeDays: 60,
      alertDays: [90, 30],
      documentReference: 'Classeur 3',
    },
  })
})

test('each fault stands at its field', () => {
  const empty = readFields({ ...fieldsOf(undefined, false), alertDays: 'trois' })
  expect(Object.keys('faults' in empty ? empty.faults : {}).toSorted()).toEqual(['alertDays', 'scope', 'startsOn'])
  const backwards = readFields({ ...fieldsOf(agreement, false), endsOn: '2025-04-30' })
  expect('faults' in backwards && backwards.faults.endsOn).toBeTruthy()
})
