import type { DeadlineCode } from '@maillage/contracts/cases'

/** What runs out next on a case. */
export interface Deadline {
  code: DeadlineCode
  at: Date
}
