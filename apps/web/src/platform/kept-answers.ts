export interface KeptAnswer {
  /** The name that the server gave it, to ask whether it still holds. */
  name: string
  /** As its contract read it. */
  answer: unknown
}

/** Answers that the server may confirm instead of sending them again. In memory alone: nothing reaches the browser's cache. */
export interface KeptAnswers {
  /** What is kept of this address. */
  find: (url: string) => KeptAnswer | undefined
  /** How many times all was forgotten: note it before asking. */
  generation: () => number
  /** Keeps an answer, unless all was forgotten since it was asked: it may have been read before the change. */
  keep: (url: string, one: KeptAnswer, askedIn: number) => void
  /** Something changed, here or elsewhere: all is read anew. */
  forget: () => void
}

/** The last pages of a list and of its neighbours: a few megabytes at the very most. */
const most = 8

/** Keeps the last answers that bear a name. */
export function createKeptAnswers(): KeptAnswers {
  const kept = new Map<string, KeptAnswer>()
  let generation = 0
  return {
    find: (url) => kept.get(url),
    generation: () => generation,
    keep: (url, one, askedIn) => {
      if (askedIn !== generation) return
      kept.delete(url)
      kept.set(url, one)
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    },
    forget: () => {
      generation += 1
      kept.clear()
    },
  }
}

/** Sent often, and changing nothing that a list shows: where one is or was last, what one is typing, rows read by their ids. */
const harmless = /^\/(drafts|worklist|me|home)\/|\/reading$/

/** Must what is kept be forgotten after this call, whether it passed or not? */
export const mayChangeLists = (method: string, path: string): boolean => method !== 'GET' && !harmless.test(path)
