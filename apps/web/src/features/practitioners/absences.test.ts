import { Absence } from '@maillage/contracts/practitioners'
import { expect, test } from 'vitest'
import { noReplacement, overlapping, replacementBody, sortedAbsences } from './absences.ts'

const summer = Absence.parse({ id: 'a', from: '2026-08-01', until: '2026-08-15', replacement: null })
const winter = Absence.parse({ id: 'b', from: '2026-12-24', until: '2026-12-31', replacement: null })

test('absences come in the order of their days', () => {
  expect(sortedAbsences([winter, summer])).toEqual([summer, winter])
})

test.each([
  ['one day shared at the end', '2026-08-15', '2026-08-20', summer],
  ['around it', '2026-07-01', '2026-12-01', summer],
  ['the days between two', '2026-08-16', '2026-12-23', undefined],
  ['days in the wrong order', '2026-08-10', '2026-08-05', undefined],
  ['one day typed only', '2026-08-10', '', undefined],
])('%s', (_what, from, until, expected) => {
  expect(overlapping([winter, summer], { from, until })).toEqual(expected)
})

test('who stands in is sent as a colleague, as a name with a phone, or not at all', () => {
  const form = noReplacement()
  expect(replacementBody(form)).toBeUndefined()
  expect(replacementBody({ ...form, who: 'other', name: 'Camille', phone: '06 00 00 00 09' })).toEqual({
    name: 'Camille',
    phone: '+33600000009',
  })
  expect(replacementBody({ ...form, who: 'other', name: 'Camille', phone: ' ' })).toEqual({ name: 'Camille' })
  expect(replacementBody({ ...form, who: 'colleague' })).toEqual({ practitionerId: undefined })
})
