import type { LiveChange } from '@maillage/contracts/coordination/live'
import { messageOf } from '../../platform/live/event-stream.ts'

/** What reaches listeners at once; `changes` null: too much happened, read everything anew. */
export class Delivery {
  readonly id: string
  readonly changes: readonly LiveChange[] | null
  #message: Buffer | undefined

  constructor(id: string, changes: readonly LiveChange[] | null) {
    this.id = id
    this.changes = changes
  }

  /** The same bytes for all whom it is for. */
  get message(): Buffer {
    this.#message ??= messageOf(this.changes ? 'changes' : 'reset', this.changes, this.id)
    return this.#message
  }
}
