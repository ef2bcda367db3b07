import { expect, test } from 'vitest'
import { readStat } from './process-cpu.ts'

test('a name with spaces and brackets does not shift the numbers', () => {
  const line =
    '4242 (postgres: app (x) [local] SELECT) S 17 4242 4242 0 -1 4194560 900 0 0 0 150 50 7 3 20 0 1 0 5000 200000 900 18446744073709551615'
  expect(readStat(line)).toEqual({ pid: 4242, parent: 17, ownMs: 2000, childrenMs: 100 })
})
