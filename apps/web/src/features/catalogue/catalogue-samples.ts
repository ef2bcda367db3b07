import type { CaseKindName } from '@maillage/contracts/cases'
import type { NeedLine, ProposalState } from '../../ui/marks/mark-types.ts'

const hour = 3_600_000

/** Invented values around `now`, so that the catalogue shows every look at any hour. */
export function samplesAt(now: Date) {
  const at = (hours: number): Date => new Date(now.getTime() + hours * hour)
  const clock = (state: ProposalState, sent: number, left: number, reason?: string) => ({
    state,
    sentAt: at(sent),
    expiresAt: at(left),
    reason,
  })
  return {
    kinds: ['gp-search', 'unscheduled-care', 'hospital-discharge'] as const satisfies readonly CaseKindName[],
    deadlines: [at(-51), at(-0.4), at(0.01), at(24), at(72), at(24 * 400)],
    proposals: [
      clock('pending', -21, 27),
      clock('pending', -47, 0.2),
      clock('pending', -48, -0.1),
      clock('accepted', -48, 1),
      clock('declined', -48, 1, 'trop loin'),
      clock('expired', -50, -1),
      clock('withdrawn', -50, 1),
      clock('superseded', -50, 1),
      clock('queued', -1, 47),
      clock('released', -50, 1),
    ],
    needs: [
      { label: 'Infirmière', state: 'covered', by: 'C. Sabatier' },
      { label: 'Kinésithérapeute', state: 'proposed' },
      { label: 'Pharmacie', state: 'open' },
      { label: 'Visite du médecin', state: 'unmet' },
      { label: 'Repas', state: 'not_needed' },
    ] as const satisfies readonly NeedLine[],
    places: [
      [3, 5],
      [1, 4],
      [0, 3],
      [4, 12],
      [2, null],
    ] as const,
    confirmed: [at(-1), at(-96), at(-24 * 102)],
  }
}
