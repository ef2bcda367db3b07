import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface QueuePlace {
  /** From 1 on. */
  rank: number
  total: number
  previous: string | undefined
  next: string | undefined
}

/**
 * The order in which the queue was last read, so that a case's page goes on to the next one without it. References
 * only, in memory: what was searched for is kept nowhere.
 */
export const useQueueOrder = defineStore('queue-order', () => {
  const references = shallowRef<readonly string[]>([])
  const known = shallowRef<number>()

  /** `total` counts the rows not read yet, where the queue knows it. */
  const keep = (read: readonly string[], total?: number): void => {
    references.value = read
    known.value = total
  }
  const placeOf = (reference: string): QueuePlace | undefined => {
    const at = references.value.indexOf(reference)
    if (at < 0) return undefined
    const total = Math.max(known.value ?? 0, references.value.length)
    return { rank: at + 1, total, previous: references.value[at - 1], next: references.value[at + 1] }
  }
  return { references, keep, placeOf }
})
