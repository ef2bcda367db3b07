import { caseKinds } from '@maillage/contracts/cases'
import { describe, expect, test } from 'vitest'
import { statusesOf, statusLook } from './status-looks.ts'

describe.each(caseKinds)('%s', (kind) => {
  test('says each of its statuses in two or three French words', () => {
    for (const status of statusesOf[kind]) {
      const { label } = statusLook(kind, status)
      expect(label).not.toBe(status)
      expect(label.length).toBeLessThanOrEqual(15)
    }
  })

  test('shows a status of a newer version as it came', () => {
    expect(statusLook(kind, 'brand_new')).toEqual({ label: 'brand_new', stage: 'new' })
  })
})

test('an escalation is said first while the case is open, and no more once it ended', () => {
  expect(statusLook('hospital-discharge', 'coordinating', true).stage).toBe('alert')
  expect(statusLook('hospital-discharge', 'cancelled', true).label).toBe('Annulée')
  expect(statusLook('hospital-discharge', 'followed_up', true).label).toBe('Suivie')
})
