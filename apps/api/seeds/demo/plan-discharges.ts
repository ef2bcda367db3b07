import { dischargeCancelReasons } from '@maillage/contracts/hospital-discharge'
import { scaled, times } from './plan-searches.ts'
import { moveDischarge } from './stories/care-file.ts'
import { carerOf, carersFor } from './stories/choose-carer.ts'
import { tellCover, tellPassageOfTime, tellPending, tellReschedule } from './stories/discharge-cover.ts'
import type { DischargeStory } from './stories/discharge-opening.ts'
import {
  cancelledDischarge,
  followedDischarge,
  goneHome,
  type PresentDischarge,
  presentDischarge,
  tellAcknowledged,
  tellStart,
} from './stories/discharge-stories.ts'
import { type DemoWorld, type Story, tell } from './stories/story.ts'

/** Two years of discharges that are over, and the searches that they opened. */
export function pastDischarges(world: DemoWorld, scale: number): Story[] {
  return [
    ...times(scaled(58, scale), () => followedDischarge(world)).flat(),
    ...dischargeCancelReasons.flatMap((reason) => times(scaled(2, scale), () => cancelledDischarge(world, reason))),
  ]
}

const withSearch = (story: DischargeStory): Story[] => (story.search ? [story, story.search] : [story])

/** Asked by the ward, not read yet. */
function newcomers(world: DemoWorld, scale: number): Story[] {
  return [
    ...times(scaled(2, scale), (n) =>
      presentDischarge(world, { unit: n % 2, openedDaysAgo: 2, inHours: 90 + n * 30 }, false),
    ),
    ...times(scaled(3, scale), (n) =>
      presentDischarge(world, { unit: n, openedDaysAgo: 0.05, inHours: 76 + n * 20, withoutGp: n === 0 }),
    ).flatMap(withSearch),
  ]
}

function acknowledged(world: DemoWorld, present: PresentDischarge): DischargeStory {
  const story = presentDischarge(world, present)
  tellAcknowledged(story)
  return story
}

/** The ward was asked for what is missing. */
function incomplete(world: DemoWorld, present: PresentDischarge): Story {
  const story = acknowledged(world, present)
  tell(story, world.clock.soon(story.at, 5, 30, story.random), (file) =>
    moveDischarge(file, story.coordinator, { action: 'request-info', missing: ['prescription'] }),
  )
  return story
}

/** Coordinated: `covered` of its needs have somebody. */
function coordinated(world: DemoWorld, present: PresentDischarge, covered: number): DischargeStory {
  const story = acknowledged(world, present)
  tellStart(story)
  for (const type of story.needs.slice(0, covered)) tellCover(story, type)
  return story
}

/** Needs that await the nurse of the demo, then others. */
function awaitingAnswer(world: DemoWorld): Story[] {
  const { clock } = world
  const isNamed = world.directory.some(({ account }) => account === 'infirmiere')
  return [2, 7, 20, 28].map((endsInHours, n) => {
    const story = coordinated(
      world,
      { unit: n % world.wards.length, openedDaysAgo: 5, inHours: 60 + n * 12, needs: ['physiotherapy', 'home-nurse'] },
      n % 2,
    )
    const at = new Date(Math.max(story.at.getTime() + 60_000, clock.now.getTime() - (3 - n * 0.5) * 3_600_000))
    const [other] = carersFor(story, 'nurse', at, 1)
    const carer = isNamed ? carerOf(story, 'infirmiere') : other
    if (carer) tellPending(story, 'home-nurse', carer, at, endsInHours)
    return story
  })
}

/** A need is still uncovered some hours before the return home: escalated. */
function escalated(world: DemoWorld): Story {
  const story = coordinated(world, { unit: 0, openedDaysAgo: 5, inHours: 8, needs: ['home-nurse', 'physiotherapy'] }, 1)
  tellPassageOfTime(story, new Date(world.clock.now.getTime() - 30 * 60_000))
  return story
}

/** The date moved after somebody had accepted: they are asked again. */
function moved(world: DemoWorld): Story {
  const story = coordinated(world, { unit: 0, openedDaysAgo: 6, inHours: 44, needs: ['home-nurse', 'equipment'] }, 2)
  const at = world.clock.ago(0.2, story.random)
  story.at = new Date(Math.max(story.at.getTime(), at.getTime() - 4 * 3_600_000))
  tellReschedule(story, 2)
  return story
}

/** The discharges open today: eight of them are the orthopaedic ward's. */
export function presentDischarges(world: DemoWorld, scale: number): Story[] {
  const wards = world.wards.length
  return [
    ...newcomers(world, scale),
    ...times(scaled(2, scale), (n) =>
      acknowledged(world, { unit: (n + 1) % wards, openedDaysAgo: 1.5, inHours: 100 + n * 20 }),
    ),
    ...times(scaled(2, scale), (n) =>
      incomplete(world, { unit: (n + 1) % wards, openedDaysAgo: 0.3, inHours: 110 + n * 10 }),
    ),
    ...times(scaled(2, scale), (n) =>
      coordinated(world, { unit: (n + 2) % wards, openedDaysAgo: 2.5, inHours: 90 + n * 15 }, 0),
    ),
    ...times(scaled(4, scale), (n) =>
      coordinated(
        world,
        { unit: n % wards, openedDaysAgo: 6, inHours: 54 + n * 12, needs: ['physiotherapy', 'home-nurse', 'gp-visit'] },
        2,
      ),
    ),
    ...times(scaled(4, scale), (n) =>
      coordinated(
        world,
        { unit: n % wards, openedDaysAgo: 6, inHours: 30 + n * 14, needs: ['home-nurse', 'equipment'] },
        2,
      ),
    ),
    ...(wards > 2 ? [...awaitingAnswer(world), escalated(world), moved(world)] : []),
    ...times(scaled(4, scale), (n) => goneHome(world, n % wards, 14 + n * 9)),
    // The call of the second day was forgotten.
    goneHome(world, wards - 1, 72),
  ]
}
