import type { CommuneNeed } from '@maillage/contracts/territory'
import { areaScale, type MapSpot } from '../../ui/map/map-marks.ts'
import { counted } from '../../ui/words/typography.ts'

const widest = 52

/** What a commune's circle counts: who waits, for those who may read it; who practises there, for the others. */
export const countOf = ({ waiting, practitioners }: CommuneNeed): number => waiting ?? practitioners

/** The communes on the map, one scale for both figures so that need and offer compare; the largest first. */
export function communeSpots(communes: readonly CommuneNeed[]): MapSpot[] {
  const most = Math.max(1, ...communes.map((one) => Math.max(countOf(one), one.places ?? 0)))
  const diameter = areaScale(most, widest)
  return [...communes]
    .sort((one, other) => countOf(other) - countOf(one) || (other.places ?? 0) - (one.places ?? 0))
    .flatMap((one) => (one.place ? [spotOf(one, one.place, diameter)] : []))
}

function spotOf(
  commune: CommuneNeed,
  place: { latitude: number; longitude: number },
  diameter: (count: number) => number,
): MapSpot {
  const { code, name, places } = commune
  const count = countOf(commune)
  return {
    id: code,
    ...place,
    label: count > 0 ? `${name} ${count}` : name,
    ...(places ? { offer: `+${places}`, disc: diameter(places) } : {}),
    spoken: communeInWords(commune),
    size: diameter(count),
  }
}

/** « 31 patients en attente, dont 4 P1 ; 3 places ouvertes ». */
export function communeInWords({ waiting, waitingP1, places, practitioners }: CommuneNeed): string {
  const need =
    waiting === null
      ? counted(practitioners, 'soignant', 'soignants', 'aucun soignant')
      : counted(waiting, 'patient en attente', 'patients en attente', 'personne en attente')
  const urgent = waitingP1 ? `, dont ${waitingP1}\u00A0P1` : ''
  const offer =
    places === null ? '' : `\u202F; ${counted(places, 'place ouverte', 'places ouvertes', 'aucune place ouverte')}`
  return `${need}${urgent}${offer}`
}

/** « 68 soignants, 31 places ouvertes pour 54 patients »: the whole of the territory, as far as it may be read. */
export function totalInWords(communes: readonly CommuneNeed[]): string {
  const sum = (of: (one: CommuneNeed) => number | null): number | null =>
    communes.reduce<number | null>((total, one) => (of(one) === null ? total : (total ?? 0) + (of(one) ?? 0)), null)
  const people = counted(sum(({ practitioners }) => practitioners) ?? 0, 'soignant', 'soignants')
  const places = sum((one) => one.places)
  const waiting = sum((one) => one.waiting)
  if (places === null) return people
  const offer = `${people}, ${counted(places, 'place ouverte', 'places ouvertes', 'aucune place ouverte')}`
  return waiting === null ? offer : `${offer} pour ${counted(waiting, 'patient', 'patients', 'personne')}`
}
