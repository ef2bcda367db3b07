import type { AllowedAction } from '@maillage/contracts/cases'
import { refusalInWords } from '../words/refusal-words.ts'
import type { MoveSpec } from './move-fields.ts'

/** One thing that can be done about a case, as a button or a line of a menu shows it. */
export interface CaseAct {
  key: string
  label: string
  icon?: string
  grave?: boolean
  /** Why not now; the act is then shown and not done. */
  refusedBecause?: string
  run: () => void
}

/** Only what the server named is offered, under the words of the slice's table. */
export function actsOf(
  allowed: readonly AllowedAction[],
  specs: Readonly<Record<string, MoveSpec>>,
  run: (action: string, spec: MoveSpec) => void,
): CaseAct[] {
  return Object.entries(specs)
    .flatMap(([action, spec]) => {
      const found = allowed.find((one) => one.action === action)
      if (!found) return []
      const refusedBecause = found.disabledBecause === undefined ? undefined : refusalInWords(found.disabledBecause)
      const { label, icon, grave } = spec
      return [{ key: action, label, icon, grave, refusedBecause, run: () => run(action, spec) }]
    })
    .sort((one, other) => Number(one.refusedBecause !== undefined) - Number(other.refusedBecause !== undefined))
}

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
