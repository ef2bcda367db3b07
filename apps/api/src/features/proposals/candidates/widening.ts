import { type FilterCause, type Relaxation, relaxations, type Widening } from '@maillage/contracts/candidates'
import type { CandidateRequest } from '../../../kernel/context.ts'
import { type CandidateFacts, filterCause } from './ranking.ts'
import type { Relaxed } from './relaxed.ts'

const mayBeGivenUp = new Set<FilterCause | undefined>(['too_far', 'profile'])

/** The circles offered in turn, in km. */
const steps = [5, 10, 15, 20, 25, 30, 40, 60]

/**
 * What may still be given up, one thing at a time, and how many it alone would bring beside what is given up already.
 * Of the distances, the first circle that brings somebody, then anywhere.
 */
export function wideningsOf(
  request: CandidateRequest,
  people: readonly CandidateFacts[],
  relaxed: Relaxed,
): Widening[] {
  // Whoever is left out for another cause stays out, whatever is given up.
  const left = people.filter((facts) => mayBeGivenUp.has(filterCause(request, facts, relaxed)))
  const adds = (wider: Relaxed): number => left.filter((facts) => !filterCause(request, facts, wider)).length
  const demands: Widening[] = relaxations
    .filter((relax) => relax !== 'distance' && relax !== 'profile' && !relaxed.relax.includes(relax))
    .map((relax) => ({ relax, withinKm: null, adds: adds(together(relaxed, relax)) }))
  return [...distances(relaxed, adds), ...demands].filter((widening) => widening.adds > 0)
}

const together = ({ relax, withinKm }: Relaxed, more: Relaxation): Relaxed => ({ relax: [...relax, more], withinKm })

function distances(relaxed: Relaxed, adds: (wider: Relaxed) => number): Widening[] {
  const reach = relaxed.relax.includes('distance') ? relaxed.withinKm : 0
  if (reach === null) return []
  const within = (withinKm: number | null): Widening => {
    const relax = relaxed.relax.filter((one) => one !== 'distance')
    return { relax: 'distance', withinKm, adds: adds({ relax: [...relax, 'distance'], withinKm }) }
  }
  const circle = steps
    .filter((km) => km > reach)
    .map(within)
    .find((widening) => widening.adds > 0)
  const anywhere = within(null)
  return circle && circle.adds < anywhere.adds ? [circle, anywhere] : [circle ?? anywhere]
}
