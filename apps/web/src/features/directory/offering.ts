import type { WaitingPatient } from '@maillage/contracts/candidates'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { counted } from '../../ui/words/typography.ts'

/** What became of one line after the button: sent and may be taken back, refused with its reason, taken back. */
export type Offered =
  | { state: 'sending' }
  | { state: 'sent'; id: string; version: number }
  | { state: 'refused'; why: string }
  | { state: 'withdrawn' }

/** More would be one too many for the doctor who receives them, whatever the places. */
export const mostOffered = 20

/** Places not yet asked for; null when none were declared, and nothing then bounds the choice. */
export const freePlaces = (remaining: number | null, placesAsked: number): number | null =>
  remaining === null ? null : Math.max(0, remaining - placesAsked)

export const placesOf = (patients: readonly WaitingPatient[]): number =>
  patients.reduce((sum, { householdSize }) => sum + householdSize, 0)

/** Why this person cannot be ticked beside the others; undefined when they can. */
export function refusalToTick(
  patient: WaitingPatient,
  chosen: readonly WaitingPatient[],
  free: number | null,
): string | undefined {
  if (chosen.length >= mostOffered) return `Pas plus de ${mostOffered} propositions à la fois.`
  if (free === null) return undefined
  const left = free - placesOf(chosen)
  if (left >= patient.householdSize) return undefined
  if (patient.householdSize > 1 && left > 0)
    return `Ce foyer demande ${patient.householdSize} places, il en reste ${left}.`
  return 'Toutes les places sont prises ou déjà proposées.'
}

/** « 3 places déclarées, 1 déjà proposée : encore 2 à proposer. » */
export function freeInWords(remaining: number | null, placesAsked: number): string {
  const asked = placesAsked > 0 ? `, ${counted(placesAsked, 'déjà proposée', 'déjà proposées')}` : ''
  if (remaining === null) return `Places non déclarées${asked}\u00A0: demandez combien il en reste.`
  const free = freePlaces(remaining, placesAsked) ?? 0
  const then = free === 0 ? 'rien à proposer de plus' : `encore ${free} à proposer`
  return `${counted(remaining, 'place libre', 'places libres', 'aucune place libre')}${asked}\u00A0: ${then}.`
}

/** « 3 propositions envoyées, 1 refusée »; empty before anything was sent. */
export function progressInWords(results: ReadonlyMap<CaseId, Offered>): string {
  const count = (state: Offered['state']): number =>
    [...results.values()].filter((result) => result.state === state).length
  const parts = [
    count('sending') > 0 && `${count('sending')}\u00A0en cours`,
    count('sent') > 0 && counted(count('sent'), 'proposition envoyée', 'propositions envoyées'),
    count('withdrawn') > 0 && counted(count('withdrawn'), 'retirée', 'retirées'),
    count('refused') > 0 && counted(count('refused'), 'non envoyée', 'non envoyées'),
  ]
  return parts.filter((part) => part !== false).join(', ')
}
