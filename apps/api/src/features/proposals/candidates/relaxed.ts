import type { Relaxation } from '@maillage/contracts/candidates'

/** What is given up; `withinKm` bounds how far the distance is, null for anywhere. */
export interface Relaxed {
  relax: readonly Relaxation[]
  withinKm: number | null
}

export const nothingRelaxed: Relaxed = { relax: [], withinKm: null }
/** Distance and profile are the coordinator's to give up, the rest is not. */
export const allRelaxed: Relaxed = { relax: ['distance', 'profile'], withinKm: null }
