import { createHash } from 'node:crypto'
import type { CandidateReason, FilterCause } from '@maillage/contracts/candidates'
import type { CandidateRequest } from '../../../kernel/context.ts'
import { type CandidateFacts, filterCause, reasonsFor, totalOf } from './ranking.ts'
import { nothingRelaxed, type Relaxed } from './relaxed.ts'

export interface Ranked {
  facts: CandidateFacts
  score: number
  reasons: CandidateReason[]
}

/** A number that depends on the case and the practitioner alone: equal scores fall differently for each case. */
const lotOf = (seed: string, id: string): string => createHash('sha256').update(`${seed}:${id}`).digest('hex')

/** Who may be proposed to, and how many of the others are left out for which cause. */
export function filterPeople(
  request: CandidateRequest,
  people: readonly CandidateFacts[],
  relaxed: Relaxed,
): { kept: CandidateFacts[]; filteredOut: Map<FilterCause, number> } {
  const filteredOut = new Map<FilterCause, number>()
  const kept = people.filter((facts) => {
    const cause = filterCause(request, facts, relaxed)
    if (cause) filteredOut.set(cause, (filteredOut.get(cause) ?? 0) + 1)
    return !cause
  })
  return { kept, filteredOut }
}

/**
 * Ranks who may be proposed to, best first, and counts the others by cause. Those who never declared places come after
 * those who did when the request says so; ties fall by lot, seeded by the case (domain notes D5).
 */
export function rankCandidates(
  request: CandidateRequest,
  people: readonly CandidateFacts[],
  seed: string,
  relaxed: Relaxed = nothingRelaxed,
): { ranked: Ranked[]; filteredOut: Map<FilterCause, number> } {
  const { kept, filteredOut } = filterPeople(request, people, relaxed)
  const ranked = kept.map((facts) => {
    const reasons = reasonsFor(request, facts)
    return { facts, reasons, score: totalOf(reasons), lot: lotOf(seed, facts.id) }
  })
  const isBehind = ({ facts }: Ranked): number => Number(request.unknownLast && facts.places === null)
  ranked.sort(
    (one, other) => isBehind(one) - isBehind(other) || other.score - one.score || (one.lot < other.lot ? -1 : 1),
  )
  return { ranked: ranked.map(({ lot: _drawn, ...found }) => found), filteredOut }
}
