import type { IntakeCapacity, SetIntakeCapacity } from '@maillage/contracts/practitioners'

const dayMs = 86_400_000
/** The coordination reads « à reconfirmer » at ninety days: asking at thirty keeps the figure believed. */
const askAgainAfterDays = 30

/**
 * What was declared, declared again with one thing changed. A declaration starts its own count, so the places said are
 * those that are left, not those of the first day.
 */
export function declaredAgain(capacity: IntakeCapacity, over: { newPatients?: boolean } = {}): SetIntakeCapacity {
  const { places, remaining, opensAt, closesAt, municipalities, maxDistanceKm, accepts, version } = capacity
  return {
    places: places === null ? null : (remaining ?? places),
    ...(opensAt === null ? {} : { opensAt }),
    ...(closesAt === null ? {} : { closesAt }),
    municipalities,
    ...(maxDistanceKm === null ? {} : { maxDistanceKm }),
    accepts: { ...accepts, ...over },
    version,
  }
}

/** No proposal of a search comes: the doctor said so, or opened none. */
export const isClosed = ({ places, accepts }: Pick<IntakeCapacity, 'places' | 'accepts'>): boolean =>
  !accepts.newPatients || places === 0

/** Is it time to ask « toujours 3 places ? »; only of places that are open and counted. */
export function mustAskAgain(capacity: IntakeCapacity, now: Date): boolean {
  if (capacity.declaredAt === null || capacity.places === null || isClosed(capacity)) return false
  return now.getTime() - Date.parse(capacity.declaredAt) > askAgainAfterDays * dayMs
}
