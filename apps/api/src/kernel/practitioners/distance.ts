const EARTH_KM = 6371

export interface Place {
  latitude: number | null
  longitude: number | null
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance between two commune centres in km, to a tenth; null when either is unknown (haversine). */
export function distanceKm(from: Place, to: Place): number | null {
  if (from.latitude === null || from.longitude === null || to.latitude === null || to.longitude === null) return null
  const north = radians(to.latitude - from.latitude)
  const east = radians(to.longitude - from.longitude)
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(east / 2) ** 2
  return Math.round(2 * EARTH_KM * Math.asin(Math.sqrt(chord)) * 10) / 10
}
