import type { Random } from '../../seeds/demo/invent/random.ts'

/** Remembers what led somewhere, and draws it more often: never one thing alone, so that what was refused once is tried again. */
export class Luck {
  readonly #seen = new Map<string, { tries: number; won: number }>()

  tell(key: string, hasWon: boolean): void {
    const seen = this.#seen.get(key) ?? { tries: 0, won: 0 }
    seen.tries += 1
    if (hasWon) seen.won += 1
    this.#seen.set(key, seen)
  }

  share(key: string): number {
    const { tries, won } = this.#seen.get(key) ?? { tries: 0, won: 0 }
    return (won + 1) / (tries + 1.5)
  }

  /** Draws one of them, by what became of each. */
  pick<T>(random: Random, items: readonly T[], keyOf: (item: T) => string): T {
    const weights = items.map((item) => this.share(keyOf(item)) ** 3)
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    let left = random.next() * all
    for (const [index, item] of items.entries()) {
      left -= weights[index] ?? 0
      if (left <= 0) return item
    }
    return random.pick(items)
  }
}
