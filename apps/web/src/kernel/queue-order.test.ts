import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { useQueueOrder } from './queue-order.ts'

beforeEach(() => setActivePinia(createPinia()))

test('a case read in the queue knows its neighbours, and how many there are beyond what was read', () => {
  const queue = useQueueOrder()
  queue.keep(['MT-2026-0001', 'SH-2026-0002', 'MT-2026-0003'], 47)
  expect(queue.placeOf('SH-2026-0002')).toEqual({
    rank: 2,
    total: 47,
    previous: 'MT-2026-0001',
    next: 'MT-2026-0003',
  })
  expect(queue.placeOf('MT-2026-0003')?.next).toBeUndefined()
})

test('a case that the queue did not show has no place in it', () => {
  const queue = useQueueOrder()
  expect(queue.placeOf('MT-2026-0001')).toBeUndefined()
})
