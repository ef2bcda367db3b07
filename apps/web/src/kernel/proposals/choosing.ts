import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Candidate, ProposalMode } from '@maillage/contracts/proposals'

/** More would be sent than the API takes at once. */
export const mostChosen = 20

/** Who stays chosen when the mode or the list changes: one alone to one doctor, nobody who left the list. */
export function keptChoice(
  chosen: readonly PractitionerId[],
  mode: ProposalMode,
  candidates: readonly Candidate[],
): PractitionerId[] {
  const listed = candidates.map(({ practitioner }) => practitioner.id)
  const kept = listed.filter((id) => chosen.includes(id))
  // One doctor: the best placed, so that the next step is one press away.
  return mode === 'direct' ? [kept[0] ?? listed[0]].filter((id) => id !== undefined) : kept
}

/** The choice after a press on a line, in the order of the ranking. */
export function toggled(
  chosen: readonly PractitionerId[],
  id: PractitionerId,
  mode: ProposalMode,
  candidates: readonly Candidate[],
): PractitionerId[] {
  if (mode === 'direct') return [id]
  const wanted = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
  return candidates
    .map(({ practitioner }) => practitioner.id)
    .filter((one) => wanted.includes(one))
    .slice(0, mostChosen)
}
