import type { UrgencyLevel } from '@maillage/contracts/unscheduled-care'
import {
  type redirectReasons,
  unmetReasons,
  unscheduledCancelReasons,
  visitOutcomes,
} from '@maillage/contracts/unscheduled-care'
import { openLinkedGpSearch } from '../../../src/features/unscheduled-care/open-linked-gp-search.ts'
import { adviceGiven, careNotes } from '../invent/texts.ts'
import { caseIdOf, headerOf, moveCare, opened } from './care-file.ts'
import { type CareOpening, type CareStory, tellBooking, tellCareOpening, tellTriage } from './care-opening.ts'
import { isLongOver, tellSearchToTheEnd } from './linked-search.ts'
import { type CareFile, type DemoWorld, newStory, type Story, tell, wait } from './story.ts'

const soonVisit =
  (story: Story): ((from: Date) => Date) =>
  (from) =>
    story.world.clock.later(from, 1, 20, story.random)

/** Drawn over two years, more often in winter than in summer. */
function longAgo({ clock, random }: DemoWorld): Date {
  for (;;) {
    const at = clock.ago(random.between(9, 700), random)
    const month = at.getUTCMonth()
    if (random.chance(month < 3 || month > 9 ? 1 : 0.6)) return at
  }
}

const levelOf = (story: Story): UrgencyLevel => story.random.pick(['U1', 'U2', 'U2', 'U3', 'U3'] as const)

function triagedLongAgo(world: DemoWorld, opening: CareOpening): CareStory {
  const story = tellCareOpening(
    world,
    opening.knownFrom ? world.clock.ago(world.random.between(5, 40), world.random) : longAgo(world),
    opening,
  )
  tellTriage(story, opening.level ?? levelOf(story))
  return story
}

/** Seen: the usual end; a search for a médecin traitant may begin there. */
export function attendedCare(world: DemoWorld, opening: CareOpening = {}): Story[] {
  const story = triagedLongAgo(world, opening)
  const { random, coordinator } = story
  const { carer, visitAt } = tellBooking(story, soonVisit(story))
  const outcome = random.pick(visitOutcomes)
  const seenAt = world.clock.later(visitAt, 0.3, 5, random)
  const actor = carer.actor ?? coordinator
  tell(story, seenAt, (file) => moveCare(file, actor, { action: 'attend', outcome, note: random.pick(careNotes) }))
  return !opening.knownFrom && isLongOver(story) && random.chance(0.08) ? [story, tellLinkedSearch(story)] : [story]
}

/** A patient without médecin traitant: the search that the visit opened, told to its end. */
function tellLinkedSearch(story: Story): Story {
  const search = { ...newStory(story.world, 'gp-search', story.at, story), size: 1 }
  const open = async (file: CareFile): Promise<void> => {
    const { version } = await headerOf(file)
    opened(
      { ...file, story: search },
      await openLinkedGpSearch(file.deps, story.coordinator, { id: caseIdOf(story), version }),
    )
  }
  tell(story, wait(story, 1, 5), open, 'opening')
  search.at = story.at
  tellSearchToTheEnd(search)
  return search
}

/** Did not come; placed a second time, seen or given up. */
export function missedCare(world: DemoWorld, end: 'attended' | 'cancelled'): Story {
  const story = triagedLongAgo(world, { level: 'U3' })
  const { coordinator, random } = story
  const { clock } = world
  const first = tellBooking(story, soonVisit(story))
  const missedAt = clock.later(first.visitAt, 0.3, 3, random)
  tell(story, missedAt, (file) => moveCare(file, coordinator, { action: 'record-no-show' }))
  tell(story, wait(story, 0.2, 3), (file) => moveCare(file, coordinator, { action: 'retry' }))
  const second = tellBooking(story, soonVisit(story))
  const reason = random.pick(unscheduledCancelReasons)
  const last =
    end === 'attended'
      ? ({ action: 'attend', outcome: 'care_complete' } as const)
      : ({ action: 'cancel', reason } as const)
  tell(story, clock.later(second.visitAt, 0.3, 4, random), (file) => moveCare(file, coordinator, last))
  return story
}

/** Sent elsewhere: the 15, their own doctor, a pharmacist’s protocol, the out-of-hours service, advice. */
export function redirectedCare(world: DemoWorld, reason: (typeof redirectReasons)[number]): Story {
  const story =
    reason === 'out_of_hours' ? triagedLongAgo(world, { level: 'U2' }) : tellCareOpening(world, longAgo(world))
  const { coordinator, random } = story
  tell(story, world.clock.soon(story.at, 3, 40, random), (file) =>
    moveCare(file, coordinator, { action: 'redirect', reason }),
  )
  return story
}

/** Nobody was found: the indicator « sans solution ». */
export function unmetCare(world: DemoWorld): Story {
  const story = triagedLongAgo(world, {})
  const { coordinator, random } = story
  const at = wait(story, 4, 20)
  const reason = random.pick(unmetReasons)
  tell(story, at, (file) =>
    moveCare(file, coordinator, {
      action: 'close-unmet',
      reason,
      patientToldAt: file.deps.now().toISOString(),
      adviceGiven: random.pick(adviceGiven),
    }),
  )
  return story
}

export function cancelledCare(world: DemoWorld): Story {
  const story = triagedLongAgo(world, {})
  const { coordinator, random } = story
  const reason = random.pick(unscheduledCancelReasons)
  tell(story, wait(story, 0.5, 6), (file) => moveCare(file, coordinator, { action: 'cancel', reason }))
  return story
}
