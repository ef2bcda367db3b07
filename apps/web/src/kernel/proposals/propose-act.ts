import type { CaseAct } from '../acts/case-acts.ts'
import type { Choosing } from './use-candidates.ts'

/** « Proposer à Dr Vasseur », once somebody is chosen: nothing before. */
export function proposeAct({ names, propose }: Choosing): CaseAct[] {
  const [first] = names.value
  if (!first) return []
  const whom = names.value.length === 1 ? first : `${names.value.length} personnes`
  return [{ key: 'propose', label: `Proposer à ${whom}`, icon: 'i-lucide-send', run: () => void propose() }]
}
