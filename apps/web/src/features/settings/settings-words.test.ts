import type { Setting } from '@maillage/contracts/settings/settings'
import { expect, test } from 'vitest'
import { readValue, settingGroups } from './settings-words.ts'

test('a number is read within its bounds, and nothing else is', () => {
  const bounds = { min: 5, max: 60 }
  expect(readValue('15', bounds)).toBe(15)
  for (const typed of ['', ' ', '4', '61', '7,5', 'dix'])
    expect(readValue(typed, bounds)).toEqual({ fault: 'Indiquez un nombre entier de 5 à 60.' })
})

test('settings stand under their titles', () => {
  // The names alone are looked at.
  const settings = [{ name: 'slot-hold-minutes' }, { name: 'slot-week-cap' }] as Setting[]
  expect(settingGroups(settings)).toEqual([{ title: 'Créneaux de soins non programmés', settings }])
})
