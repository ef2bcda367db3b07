import { DayDate } from '@maillage/contracts/kit/dates'
import { AccountId, newId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import { type Away, deputyOf, standInsOf } from './deputies.ts'

const [ana, bea, cleo] = [newId(AccountId), newId(AccountId), newId(AccountId)]
const until = DayDate.parse('2026-03-06')
const away = (accountId: AccountId, deputyId: AccountId): Away => ({ accountId, deputyId, until, displayName: 'Essai' })

test('nobody stands in for somebody who is there', () => {
  expect(deputyOf([], ana)).toBeUndefined()
  expect(deputyOf([away(bea, cleo)], ana)).toBeUndefined()
})

test('the deputy stands in, and the deputy’s deputy when both are away', () => {
  expect(deputyOf([away(ana, bea)], ana)).toBe(bea)
  const both = [away(ana, bea), away(bea, cleo)]
  expect(deputyOf(both, ana)).toBe(cleo)
  expect(standInsOf(both, cleo).map(({ accountId }) => accountId)).toEqual([ana, bea])
  expect(standInsOf(both, bea)).toEqual([])
})

test('two who stand in for each other and are both away leave nobody', () => {
  const both = [away(ana, bea), away(bea, ana)]
  expect(deputyOf(both, ana)).toBeUndefined()
  expect(standInsOf(both, bea)).toEqual([])
})
