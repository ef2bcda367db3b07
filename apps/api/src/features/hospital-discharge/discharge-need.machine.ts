import type { CoverageLine, NeedStatus } from '@maillage/contracts/cases'
import { needMoveFields as fields, type NeedAction } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import type { Move } from '../../kernel/machine.ts'

/** The consequences of proposals and of a date that moves: the system's alone. */
type Consequence = 'proposal-sent' | 'proposals-ended' | 'accepted' | 'released' | 'date-moved' | 'reconfirmed'

const ward = 'hospital_staff'

/** The life of one need of a discharge (domain notes D4). */
export const dischargeNeedMachine = {
  'proposal-sent': { from: ['open', 'proposed', 'unmet'], to: 'proposed', by: ['system'] },
  'proposals-ended': { from: ['proposed'], to: 'open', by: ['system'] },
  accepted: { from: ['proposed'], to: 'covered', by: ['system'] },
  released: { from: ['covered', 'proposed'], to: 'open', by: ['system'] },
  'date-moved': { from: ['covered', 'proposed'], to: 'proposed', by: ['system'] },
  reconfirmed: { from: ['proposed'], to: 'covered', by: ['system'] },
  'mark-not-needed': {
    from: ['open', 'proposed', 'covered', 'unmet'],
    to: 'not_needed',
    by: ['coordinator', ward],
    fields: fields['mark-not-needed'],
  },
  // Only who looked for somebody may say that nobody was found.
  'mark-unmet': { from: ['open', 'proposed'], to: 'unmet', by: ['coordinator'], fields: fields['mark-unmet'] },
  'mark-covered-outside': {
    from: ['open', 'proposed', 'unmet'],
    to: 'covered',
    by: ['coordinator', ward],
    fields: fields['mark-covered-outside'],
  },
  reopen: {
    from: ['covered', 'not_needed', 'unmet'],
    to: 'open',
    by: ['coordinator', ward],
    fields: fields.reopen,
  },
} as const satisfies Record<NeedAction | Consequence, Move<NeedStatus>>

export type NeedMachineAction = keyof typeof dischargeNeedMachine

/** Does somebody still have to be found for it? */
export const isUncovered = ({ status }: { status: NeedStatus }): boolean =>
  status !== 'covered' && status !== 'not_needed'

/**
 * Where a coordinated discharge stands, from its needs alone: covered when all are covered or not needed, partially
 * when one is, else being coordinated. A discharge without any need is not covered.
 */
export function derivedStatus(
  needs: readonly { status: NeedStatus }[],
): Extract<HospitalDischargeStatus, 'coordinating' | 'partially_covered' | 'covered'> {
  if (needs.length === 0) return 'coordinating'
  if (!needs.some(isUncovered)) return 'covered'
  return needs.some(({ status }) => status === 'covered') ? 'partially_covered' : 'coordinating'
}

/** The coverage bar of a discharge, one line per need in their order. */
export const coverageOf = (
  needs: readonly { id: CoverageLine['needId']; type: string; status: NeedStatus }[],
): CoverageLine[] => needs.map(({ id, type, status }) => ({ needId: id, type, status }))
