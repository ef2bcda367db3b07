import type { OwnNoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import { expect, test } from 'vitest'
import { choicesFrom, formOf, mobileOf } from './choices-form.ts'

const own: OwnNoticeChoices = {
  choices: {
    groups: { answers: [] },
    quiet: { from: 1200, until: 450 },
    urgentPasses: true,
    digest: { every: 'at-once' },
    mobile: null,
  },
  version: 0,
  groups: [{ group: 'proposals', channels: ['email', 'in-app'], kinds: [] }],
  email: 'medecin@essai.example',
  timeZone: 'Europe/Paris',
}

test('the form starts from what is in force, and gives it back with what another role chose', () => {
  const form = formOf(own)
  expect([form.quietFrom, form.quietUntil, form.channels.proposals]).toEqual([
    '20:00',
    '07:30',
    { email: true, sms: false, 'in-app': true },
  ])
  expect(choicesFrom(form, own.choices)).toEqual({
    ...own.choices,
    groups: { answers: [], proposals: ['email', 'in-app'] },
  })
})

test('texts need a mobile; hours need to be hours', () => {
  const form = formOf(own)
  const withTexts = { ...form, channels: { proposals: { email: false, sms: true, 'in-app': false } } }
  expect(choicesFrom(withTexts, own.choices)).toMatchObject({ field: 'mobile' })
  expect(choicesFrom({ ...withTexts, mobile: '04 67 00 00 00' }, own.choices)).toMatchObject({ field: 'mobile' })
  expect(choicesFrom({ ...withTexts, mobile: '06 12 34 56 78' }, own.choices)).toMatchObject({ mobile: '+33612345678' })
  expect(choicesFrom({ ...form, quietUntil: '20:00' }, own.choices)).toMatchObject({ field: 'quietUntil' })
  expect(choicesFrom({ ...form, quietFrom: '' }, own.choices)).toMatchObject({ field: 'quietFrom' })
  expect(choicesFrom({ ...form, every: 'day', dayAt: '' }, own.choices)).toMatchObject({ field: 'dayAt' })
  expect(choicesFrom({ ...form, isQuiet: false, every: 'day', dayAt: '08:15' }, own.choices)).toMatchObject({
    quiet: null,
    digest: { every: 'day', at: 495 },
  })
})

test.each([
  ['06.12.34.56.78', '+33612345678'],
  ['+33 6 12 34 56 78', '+33612345678'],
  ['0033612345678', '+33612345678'],
  ['0692 12 34 56', '+33692123456'],
  ['12', undefined],
])('« %s » is %s', (typed, number) => {
  expect(mobileOf(typed)).toBe(number)
})
