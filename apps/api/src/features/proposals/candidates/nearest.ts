import { distanceKm, type Place } from '../../../kernel/practitioners/distance.ts'

/** The place as the wire has it: both coordinates, or none. */
export const knownPlace = ({ latitude, longitude }: Place): { latitude: number; longitude: number } | null =>
  latitude === null || longitude === null ? null : { latitude, longitude }

/** The nearest of several places of practice; the first one while no distance is known. */
export function nearestOf<Where extends Place>(from: Place, first: Where, others: readonly Where[]): Where {
  let nearest = first
  for (const other of others) {
    const km = distanceKm(from, other)
    if (km !== null && km < (distanceKm(from, nearest) ?? Number.POSITIVE_INFINITY)) nearest = other
  }
  return nearest
}
