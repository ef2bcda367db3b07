import type { CaseAct } from './use-moves.ts'

export interface SplitActs {
  primary: CaseAct | undefined
  others: CaseAct[]
}

/** The next step of the case, as one button, and the rest for the menu. `wanted` names acts, the preferred one first. */
export function splitActs(acts: readonly CaseAct[], wanted: readonly string[]): SplitActs {
  const possible = acts.filter(({ refusedBecause }) => refusedBecause === undefined)
  const primary = wanted.map((key) => possible.find((one) => one.key === key)).find((one) => one !== undefined)
  return { primary, others: acts.filter((one) => one !== primary) }
}
