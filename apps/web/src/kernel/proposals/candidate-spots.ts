import type { Candidate } from '@maillage/contracts/candidates'
import { areaScale, type MapSpot } from '../../ui/map/map-marks.ts'
import { counted } from '../../ui/words/typography.ts'

const widest = 40

/** Candidates by commune of practice, the fullest first; those whose commune has no known centre are left out. */
export function candidateSpots(candidates: readonly Candidate[]): MapSpot[] {
  const communes = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    if (!candidate.place) continue
    const { municipality } = candidate.practitioner
    communes.set(municipality, [...(communes.get(municipality) ?? []), candidate])
  }
  const most = Math.max(1, ...[...communes.values()].map((people) => people.length))
  const size = areaScale(Math.max(most, 3), widest)
  const discs = Math.max(1, ...[...communes.values()].map(placesOf))
  const disc = areaScale(Math.max(discs, 5), widest * 0.7)
  // Where labels meet, the commune with most people keeps its own.
  const order = [...communes].sort(([, one], [, other]) => other.length - one.length)
  return order.flatMap(([commune, people]) => {
    const place = people[0]?.place
    return place ? [spotOf(commune, people, place, { size: size(people.length), disc: disc(placesOf(people)) })] : []
  })
}

const placesOf = (people: readonly Candidate[]): number =>
  people.reduce((sum, { remaining }) => sum + Math.max(0, remaining ?? 0), 0)

function spotOf(
  commune: string,
  people: readonly Candidate[],
  place: { latitude: number; longitude: number },
  sizes: { size: number; disc: number },
): MapSpot {
  const names = people.map(({ practitioner }) => practitioner.displayName).join(', ')
  const places = placesOf(people)
  return {
    id: commune,
    ...place,
    label: people.length > 1 ? `${commune} ${people.length}` : commune,
    ...(places > 0 ? { offer: `+${places}` } : {}),
    spoken: `${names}${places > 0 ? `, ${counted(places, 'place', 'places')}` : ''}`,
    size: Math.max(sizes.size, sizes.disc + 4),
    ...(sizes.disc > 0 ? { disc: sizes.disc } : {}),
  }
}
