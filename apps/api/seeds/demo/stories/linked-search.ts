import { moveSearch } from './care-file.ts'
import type { SearchStory } from './search-intake.ts'
import { tellDeclaration, tellMatch, tellPatient, tellVisit } from './search-rounds.ts'
import { type Story, tell, wait } from './story.ts'

const DAY = 86_400_000

/** Is it long enough ago for a search that begins now to have ended? */
export const isLongOver = ({ at, world }: Story): boolean => world.clock.now.getTime() - at.getTime() > 60 * DAY

/** A search that another case opened: qualified, matched, declared. */
export function tellSearchToTheEnd(search: SearchStory): void {
  const { coordinator, world, random } = search
  tell(search, wait(search, 3, 30), (file) => moveSearch(file, coordinator, { action: 'qualify' }))
  const carer = tellMatch(search)
  tellPatient(search)
  const visitAt = world.clock.later(search.at, 60, 300, random)
  tellVisit(search, carer, visitAt)
  tellDeclaration(search, carer, visitAt)
}
