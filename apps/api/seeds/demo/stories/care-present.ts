import { moveCare, offer } from './care-file.ts'
import { type CareOpening, type CareStory, tellBooking, tellCareOpening, tellTriage } from './care-opening.ts'
import { carerOf, carersFor } from './choose-carer.ts'
import { type DemoWorld, type Story, tell } from './story.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Minutes before now, whatever the hour: a request that has just come in is one at any time of the day. */
const minutesAgo = ({ clock }: DemoWorld, minutes: number): Date => new Date(clock.now.getTime() - minutes * MINUTE)

export const submittedCare = (world: DemoWorld, minutes: number, opening: CareOpening): Story =>
  tellCareOpening(world, minutesAgo(world, minutes), opening)

export function triagedCare(world: DemoWorld, minutes: number, opening: CareOpening): CareStory {
  const story = tellCareOpening(world, minutesAgo(world, minutes), opening)
  tellTriage(story, opening.level ?? 'U3', minutesAgo(world, minutes - 3))
  return story
}

/** Asked of somebody, who has not answered yet: the account named, else two of the profession at once. */
export function offeringCare(
  world: DemoWorld,
  minutes: number,
  opening: CareOpening & { account?: string; endsInHours: number },
): Story {
  const story = triagedCare(world, minutes, opening)
  const at = minutesAgo(world, minutes - 6)
  const carers = opening.account ? [carerOf(story, opening.account)] : carersFor(story, story.profession, at, 2)
  const expiresAt = new Date(world.clock.now.getTime() + opening.endsInHours * HOUR).toISOString()
  const mode = carers.length > 1 ? 'broadcast' : 'direct'
  const practitionerIds = carers.map(({ id }) => id)
  tell(story, at, (file) => offer(file, story.coordinator, { mode, practitionerIds, expiresAt }))
  return story
}

/** An appointment given for an hour told from today. */
export function bookedCare(world: DemoWorld, opening: CareOpening, appointmentInDays: number, hour: number): Story {
  const story = tellCareOpening(world, minutesAgo(world, 90 + hour * 4), opening)
  tellTriage(story, opening.level ?? 'U3')
  const at = world.clock.at(appointmentInDays, hour, 15)
  tellBooking(story, (from) => new Date(Math.max(at.getTime(), from.getTime() + HOUR)))
  return story
}

/** Given to one of the accounts, who accepted by themselves. */
export function bookedWith(world: DemoWorld, account: string, opening: CareOpening, appointmentInDays: number): Story {
  const story = tellCareOpening(world, minutesAgo(world, 180), opening)
  tellTriage(story, opening.level ?? 'U3')
  const carer = carerOf(story, account)
  const appointmentAt = world.clock.at(appointmentInDays, 11).toISOString()
  tell(story, world.clock.soon(story.at, 5, 12, story.random), (file) =>
    moveCare(file, story.coordinator, { action: 'book', practitionerId: carer.id, appointmentAt }),
  )
  return story
}

/** Did not come yesterday: to be placed again. */
export function noShowCare(world: DemoWorld, days: number): Story {
  const story = tellCareOpening(world, world.clock.ago(days, world.random), { level: 'U3' })
  tellTriage(story, 'U3')
  tellBooking(story, (from) => new Date(from.getTime() + 2 * HOUR))
  const at = new Date(Math.min(story.at.getTime() + 3 * HOUR, world.clock.now.getTime() - MINUTE))
  tell(story, at, (file) => moveCare(file, story.coordinator, { action: 'record-no-show' }))
  return story
}
