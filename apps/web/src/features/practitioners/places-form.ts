import { DayDate } from '@maillage/contracts/kit/dates'
import type { IntakeCapacity } from '@maillage/contracts/practitioners'
import type { FaultWords } from '../../kernel/fields/faults.ts'
import type { Commune } from '../../kernel/fields/patient-form.ts'
import { counted } from '../../ui/words/typography.ts'

/** The places as the screen holds them: empty texts stand for « nothing said ». */
export interface PlacesForm {
  /** False: the practitioner does not say how many; the coordination then calls before it proposes. */
  isDeclared: boolean
  places: number
  opensAt: string
  closesAt: string
  communes: Commune[]
  maxDistanceKm: string
  newPatients: boolean
  homeVisits: boolean
  children: boolean
  longTerm: boolean
}

/** What was declared, ready to be changed; the names of communes come from the territory. */
export function placesFormOf(capacity: IntakeCapacity, nameOf: (code: string) => string): PlacesForm {
  return {
    isDeclared: capacity.places !== null,
    places: capacity.places ?? 0,
    opensAt: capacity.opensAt ?? '',
    closesAt: capacity.closesAt ?? '',
    communes: capacity.municipalities.map((code) => ({ code, name: nameOf(code), postalCode: '', inTerritory: true })),
    maxDistanceKm: capacity.maxDistanceKm === null ? '' : String(capacity.maxDistanceKm),
    ...capacity.accepts,
  }
}

/** The body of the change, for the contract to judge. */
export function placesBody(form: PlacesForm, version: number): Record<string, unknown> {
  const { newPatients, homeVisits, children, longTerm } = form
  return {
    places: form.isDeclared ? form.places : null,
    opensAt: form.opensAt ? DayDate.safeParse(form.opensAt).data : undefined,
    closesAt: form.closesAt ? DayDate.safeParse(form.closesAt).data : undefined,
    municipalities: form.communes.map(({ code }) => code),
    maxDistanceKm: form.maxDistanceKm.trim() === '' ? undefined : Number(form.maxDistanceKm.replace(',', '.')),
    accepts: { newPatients, homeVisits, children, longTerm },
    version,
  }
}

export const placesFaultWords: FaultWords = {
  '/places': 'Indiquez un nombre de places entre 0 et 500.',
  '/opensAt': 'Indiquez le premier jour.',
  '/closesAt': 'Le dernier jour ne peut pas venir avant le premier.',
  '/municipalities': 'Soixante communes au plus.',
  '/maxDistanceKm': 'Indiquez une distance entre 1 et 100 km, sans décimale.',
}

/** « Il vous reste 2 places sur 5 », said under the stepper; nothing while nothing is declared. */
export function remainingInWords(capacity: Pick<IntakeCapacity, 'places' | 'remaining'>): string | undefined {
  if (capacity.places === null || capacity.remaining === null) return undefined
  if (capacity.places === 0) return 'Vous n’ouvrez pas de place\u00A0: aucune proposition ne vous est faite.'
  return `Il vous reste ${counted(capacity.remaining, 'place', 'places')} sur ${capacity.places}.`
}
