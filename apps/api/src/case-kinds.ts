import { gpSearchKind } from './features/gp-search/gp-search.kind.ts'
import { hospitalDischargeKind } from './features/hospital-discharge/hospital-discharge.kind.ts'
import { unscheduledCareKind } from './features/unscheduled-care/unscheduled-care.kind.ts'
import type { CaseKinds } from './kernel/context.ts'

/** The doors of the slices, as everything that acts on a case of any kind receives them: the API, the jobs, the demo. */
export function caseKindsOf(): CaseKinds {
  return {
    'gp-search': gpSearchKind,
    'unscheduled-care': unscheduledCareKind,
    'hospital-discharge': hospitalDischargeKind,
  }
}
