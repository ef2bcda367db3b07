import type { Band, Contribution, Priority } from '@maillage/contracts/cases'
import { bands, bandThresholds } from '@maillage/contracts/cases'

/** The band that a score falls in. */
export function bandOf(score: number): Band {
  if (score >= bandThresholds.P1) return 'P1'
  if (score >= bandThresholds.P2) return 'P2'
  return score >= bandThresholds.P3 ? 'P3' : 'P4'
}

/** 1 for P1 to 4 for P4: what the queue sorts by. */
export const rankOf = (band: Band): number => bands.indexOf(band) + 1

/** A computed priority: the coordinator's override, when there is one, outlives every recomputation. */
export function priorityFrom(
  computed: { score: number; band?: Band; rulesetVersion: string; contributions: Contribution[] },
  override?: Priority['override'],
): Priority {
  const { score, rulesetVersion, contributions } = computed
  const band = override?.band ?? computed.band ?? bandOf(score)
  return { band, score, rulesetVersion, contributions, ...(override ? { override } : {}) }
}

/** May the coordinator move from one band to the other? One step at most, up or down. */
export const isOneStep = (from: Band, to: Band): boolean => Math.abs(rankOf(from) - rankOf(to)) <= 1
