import { DayDate } from '@maillage/contracts/kit/dates'
import { expect, test } from 'vitest'
import { type AgreementDays, agreementStatus, daysBefore } from './agreement-status.ts'

const days = (over: Partial<AgreementDays> = {}): AgreementDays => ({
  signedOn: '2025-01-10',
  startsOn: '2025-02-01',
  endsOn: '2026-01-31',
  endedOn: null,
  alertDays: [90, 30],
  isRenewed: false,
  ...over,
})
const on = (day: string, over: Partial<AgreementDays> = {}) => agreementStatus(days(over), DayDate.parse(day))

test.each([
  ['2025-01-31', {}, 'to-come'],
  ['2025-02-01', {}, 'in-force'],
  ['2025-11-01', {}, 'in-force'],
  // Ninety days before its last day.
  ['2025-11-02', {}, 'to-renew'],
  ['2026-01-31', {}, 'to-renew'],
  ['2026-02-01', {}, 'lapsed'],
  ['2030-01-01', { endsOn: null }, 'in-force'],
  ['2025-03-01', { signedOn: null }, 'unsigned'],
  ['2026-02-01', { isRenewed: true }, 'renewed'],
  ['2025-06-01', { endedOn: '2025-06-01' }, 'ended'],
  ['2025-05-31', { endedOn: '2025-06-01' }, 'in-force'],
  ['2026-01-31', { alertDays: [] }, 'to-renew'],
  ['2026-01-30', { alertDays: [] }, 'in-force'],
] as const)('on %s, %o: %s', (day, over, status) => {
  expect(on(day, over)).toBe(status)
})

test('days are counted on the calendar, over a leap year and a change of clocks', () => {
  expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29')
  expect(daysBefore('2026-04-01', 30)).toBe('2026-03-02')
})
