import { administrationPlaces } from './administration-places.ts'
import { coordinationPlaces } from './coordination-places.ts'
import { partnerPlaces } from './partner-places.ts'
import type { Place } from './place.ts'
import { practitionerPlaces } from './practitioner-places.ts'
import { securityPlaces } from './security-places.ts'
import { visitorPlaces } from './visitor-places.ts'
import { wardPlaces } from './ward-places.ts'

/**
 * Every screen and every state that can be opened from it: what the accessibility sweep visits and what
 * `pnpm screenshots` takes. A new screen is one more line; a route without a line fails the sweep.
 */
export const places: readonly Place[] = [
  ...coordinationPlaces,
  ...practitionerPlaces,
  ...wardPlaces,
  ...partnerPlaces,
  ...administrationPlaces,
  ...securityPlaces,
  ...visitorPlaces,
]
