import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { CandidateRequest } from '../../../kernel/context.ts'
import { type CandidateFacts, rankingWeights, scoreOf } from './ranking.ts'

interface Bounds {
  id: PractitionerId
  least: number
  most: number
}

/**
 * Who may still stand among the first `limit` once it is known how fast each of them answers: that alone is missing from
 * these facts, and it is worth a few points. The others cannot, whatever is read of them.
 */
export function contendersAmong(
  request: CandidateRequest,
  people: readonly CandidateFacts[],
  limit: number,
): PractitionerId[] {
  const isBehind = ({ places }: CandidateFacts): boolean => request.unknownLast && places === null
  const front = strongest(request, people, limit, (facts) => !isBehind(facts))
  if (front.full) return front.ids
  const behind = strongest(request, people, limit - front.ids.length, isBehind)
  return [...front.ids, ...behind.ids]
}

function strongest(
  request: CandidateRequest,
  people: readonly CandidateFacts[],
  limit: number,
  which: (facts: CandidateFacts) => boolean,
): { ids: PractitionerId[]; full: boolean } {
  const bounds = people.filter(which).map((facts) => boundsOf(request, facts))
  const bar = bounds.map(({ least }) => least).sort((one, other) => other - one)[limit - 1]
  const left = bar === undefined ? bounds : bounds.filter(({ most }) => most >= bar)
  return { ids: left.map(({ id }) => id), full: bar !== undefined }
}

/** From the slowest to the fastest answers. */
function boundsOf(request: CandidateRequest, facts: CandidateFacts): Bounds {
  const most = scoreOf(request, { ...facts, answerHours: 0 })
  return { id: facts.id, most, least: most - rankingWeights.speed }
}
