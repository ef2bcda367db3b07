/** What became of one case. */
export type Outcome<Item> =
  | { item: Item; state: 'done'; note?: string }
  | { item: Item; state: 'refused'; why: string }
  /** Not begun when the rest was stopped. */
  | { item: Item; state: 'stopped' }

/** Does the same to each, a few at once, in order; tells each outcome. Stopped, it finishes what is begun. */
export async function runEach<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<Outcome<Item>>,
  { atOnce, stop, tell }: { atOnce: number; stop: AbortSignal; tell: (outcome: Outcome<Item>) => void },
): Promise<Outcome<Item>[]> {
  const outcomes: Outcome<Item>[] = items.map((item) => ({ item, state: 'stopped' }))
  let at = 0
  const work = async (): Promise<void> => {
    while (at < items.length && !stop.aborted) {
      const index = at
      at += 1
      const item = items[index]
      if (item === undefined) return
      const outcome = await run(item)
      outcomes[index] = outcome
      tell(outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
  return outcomes
}
