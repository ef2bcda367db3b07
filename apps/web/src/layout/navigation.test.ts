import { roles } from '@maillage/contracts/roles'
import { expect, test } from 'vitest'
import { homeOf } from '../platform/paths.ts'
import { isCurrent, navigation } from './navigation.ts'

test.each(roles)('the first place of a %s is where the day starts', (role) => {
  expect(navigation[role][0]?.to).toBe(homeOf[role])
})

test('a place is current on its own pages, not on one that only begins alike', () => {
  const discharges = { label: 'Sorties', icon: '', to: '/sorties' }
  expect(isCurrent(discharges, '/sorties')).toBe(true)
  expect(isCurrent(discharges, '/sorties/SH-2026-0071')).toBe(true)
  expect(isCurrent(discharges, '/sorties-du-service')).toBe(false)
})
