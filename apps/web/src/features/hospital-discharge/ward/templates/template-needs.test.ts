import type { TemplateNeed } from '@maillage/contracts/discharges/discharge-templates'
import { expect, test } from 'vitest'
import { followDate, needsFromTemplate, templateFromNeeds, templateNeedInWords } from './template-needs.ts'

const physio: TemplateNeed = {
  type: 'physiotherapy',
  label: 'Rééducation du genou',
  frequency: '3 fois par semaine',
  startsAfterHours: 48,
  lastsHours: 240,
  atHome: true,
  prescriptionAvailable: true,
  vital: false,
}

test('a template gives dates counted from the discharge, and comes back the same', () => {
  const needs = needsFromTemplate([physio], '2026-11-26T14:00')
  expect(needs[0]).toMatchObject({ start: '2026-11-28T14:00', end: '2026-12-08T14:00', prescription: true })
  expect(templateFromNeeds(needs, '2026-11-26T14:00')).toEqual([physio])
})

test('without a date the needs wait for it, and follow it when it changes', () => {
  const waiting = needsFromTemplate([physio], '')
  expect(waiting[0]).toMatchObject({ start: '', end: '' })
  expect(templateFromNeeds(waiting, '')).toEqual([physio])
  const dated = followDate(waiting, '', '2026-11-26T14:00')
  expect(dated[0]).toMatchObject({ start: '2026-11-28T14:00', end: '2026-12-08T14:00' })
  expect(followDate(dated, '2026-11-26T14:00', '2026-11-27T10:00')[0]).toMatchObject({
    start: '2026-11-29T10:00',
    end: '2026-12-09T10:00',
  })
  expect(followDate(dated, '2026-11-26T14:00', '')).toEqual(dated)
})

test('a need of a template reads as a line', () => {
  expect(templateNeedInWords(physio).replaceAll('\u00A0', ' ')).toBe(
    'Kinésithérapie, Rééducation du genou, 3 fois par semaine, 2 j après',
  )
})
