import { expect, test } from 'vitest'
import { shownColumns, usualColumns, withColumn } from './columns.ts'

const keys = (chosen: Parameters<typeof shownColumns>[0]): string[] => shownColumns(chosen).map(({ key }) => key)

test('the patient is always shown, and the columns keep their order whatever the order of the choice', () => {
  expect(keys(['owner', 'due'])).toEqual(['due', 'patient', 'owner'])
  expect(keys([])).toEqual(['band', 'due', 'kind', 'patient', 'place', 'status', 'next', 'owner'])
})

test('ticking back to the usual columns leaves no choice in the address', () => {
  const without = withColumn([], 'place', false)
  expect(without).toEqual(usualColumns.filter((key) => key !== 'place'))
  expect(withColumn(without, 'place', true)).toEqual([])
  expect(withColumn([], 'reference', true)).toContain('reference')
})
