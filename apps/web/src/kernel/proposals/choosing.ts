import type { Candidate } from '@maillage/contracts/candidates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { ProposalMode } from '@maillage/contracts/proposals'

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
  // One alone: who already cares for the person, else the best placed, so that the next step is one press away.
  const first = usualToAsk(candidates)[0]?.practitioner.id ?? listed[0]
  return mode === 'direct' ? [kept[0] ?? first].filter((id) => id !== undefined) : kept
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

/** The person's usual carers who were not asked yet: asked first, alone, for the time they have to answer. */
export const usualToAsk = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter(({ isUsual, askedBefore }) => isUsual && !askedBefore)

/** Would others be asked before the usual carers had their time? */
export function isEarly(chosen: readonly PractitionerId[], candidates: readonly Candidate[]): boolean {
  const usual = usualToAsk(candidates).map(({ practitioner }) => practitioner.id)
  return usual.length > 0 && chosen.some((id) => !usual.includes(id))
}
