import { gpSearchKind } from './features/gp-search/gp-search.kind.ts'
import { unscheduledCareKind } from './features/unscheduled-care/unscheduled-care.kind.ts'
import type { CaseKind, CaseKinds } from './kernel/context.ts'

/** The doors of the slices, as everything that acts on a case of any kind receives them: the API, the jobs, the demo. */
export function caseKindsOf(): CaseKinds {
  const kinds: Partial<Record<CaseKind['kind'], CaseKind>> = {
    'gp-search': gpSearchKind,
    'unscheduled-care': unscheduledCareKind,
  }
  // Each slice adds its line above; no case of another kind can exist before its slice does.
  return kinds as CaseKinds
}
