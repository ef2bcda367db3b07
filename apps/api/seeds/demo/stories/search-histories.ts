import { type Band, bands } from '@maillage/contracts/cases'
import { type gpSearchClosingReasons, gpSearchReopenReasons } from '@maillage/contracts/gp-search'
import { tendSearches } from '../../../src/features/gp-search/tend-searches.ts'
import type { DemoCarer } from '../directory.ts'
import type { Random } from '../invent/random.ts'
import { attempt, moveSearch } from './care-file.ts'
import { type SearchOpening, type SearchStory, tellIntake, tellOpening } from './search-intake.ts'
import {
  tellDeclaration,
  tellDecline,
  tellMatch,
  tellPatient,
  tellRelease,
  tellSilence,
  tellVisit,
} from './search-rounds.ts'
import { type DemoWorld, type Story, tell, wait } from './story.ts'

/** Months ago, drawn so that the two years fill evenly and every story ends before today. */
const longAgo = ({ clock, random }: DemoWorld): Date => clock.ago(random.between(100, 690), random)

const anyBand = (random: Random): Band => random.pick([...bands, 'P3', 'P2'] as const)

const anyOpening = ({ random, requesters }: DemoWorld): SearchOpening => ({
  band: anyBand(random),
  ...(requesters.length > 0 && random.chance(0.2) ? { opener: random.pick(requesters) } : {}),
  ...(random.chance(0.09) ? { members: random.between(1, 3) } : {}),
  asksInformation: random.chance(0.18),
})

/** Doctors who say no or nothing before one says yes. */
function tellVainRounds(story: SearchStory): void {
  const { random } = story
  const count = random.pick([0, 0, 0, 1, 1, 2])
  for (let n = 0; n < count; n++) (random.chance(0.7) ? tellDecline : tellSilence)(story)
}

const modeOf = (random: Random) => random.pick(['direct', 'direct', 'sequential', 'broadcast'] as const)

/** A visit that the patient missed: a second one is booked. */
function tellNoShow(story: SearchStory, carer: DemoCarer, visitAt: Date): void {
  const actor = carer.actor ?? story.coordinator
  const at = story.world.clock.later(visitAt, 0.5, 4, story.random)
  tell(story, at, (file) => moveSearch(file, actor, { action: 'record-no-show', note: 'Absent, sans appel.' }))
}

const visitAfter = (story: Story): Date => story.world.clock.later(story.at, 60, 330, story.random)

/** From the request to the declaration. */
export function declaredSearch(world: DemoWorld): Story {
  const story = tellIntake(world, longAgo(world), anyOpening(world))
  const { random } = story
  tellVainRounds(story)
  let carer = tellMatch(story, { mode: modeOf(random) })
  if (random.chance(0.08)) {
    tellRelease(story, carer)
    carer = tellMatch(story)
  }
  tellPatient(story)
  if (random.chance(0.15)) {
    tellDeclaration(story, carer, story.at)
    return story
  }
  const firstVisit = visitAfter(story)
  tellVisit(story, carer, firstVisit)
  if (random.chance(0.1)) {
    tellNoShow(story, carer, firstVisit)
    const second = visitAfter(story)
    tellVisit(story, carer, second)
    tellDeclaration(story, carer, second)
  } else tellDeclaration(story, carer, firstVisit)
  return story
}

type ClosingReason = (typeof gpSearchClosingReasons)[number]

/** Three calls without an answer, on two channels, before giving up. */
function tellCalls(story: Story): void {
  const { coordinator } = story
  for (const channel of ['phone', 'phone', 'letter'] as const) {
    const result = channel === 'letter' ? 'no-answer' : 'voicemail'
    tell(story, wait(story, 60, 120), (file) => attempt(file, coordinator, { channel, result, with: 'patient' }))
  }
}

/** Asked for what is missing and never answered: the system closes after thirty days and three attempts. */
export function unansweredSearch(world: DemoWorld): Story {
  const story = tellOpening(world, longAgo(world), { band: anyBand(world.random) })
  const { coordinator } = story
  tell(story, wait(story, 5, 40), (file) =>
    moveSearch(file, coordinator, { action: 'request-info', missing: ['phone', 'consent'] }),
  )
  const askedAt = story.at
  tellCalls(story)
  const limit = new Date(Math.max(story.at.getTime(), askedAt.getTime() + 30 * 86_400_000) + 3_600_000)
  tell(story, limit, ({ deps }) => tendSearches(deps, world.cptsId), 'alone')
  return story
}

/** A search that ends without a doctor, for a reason. */
export function closedSearch(world: DemoWorld, reason: ClosingReason): Story {
  if (reason === 'no_answer') return unansweredSearch(world)
  const isEarly = ['not_eligible', 'duplicate', 'redirected_other_cpts', 'wants_no_mt'].includes(reason)
  const opening = anyOpening(world)
  const story = isEarly ? tellOpening(world, longAgo(world), opening) : tellIntake(world, longAgo(world), opening)
  if (!isEarly && story.random.chance(0.5)) tellDecline(story)
  if (reason === 'unreachable' || reason === 'revalidation_failed') tellCalls(story)
  const { coordinator } = story
  tell(story, wait(story, 6, isEarly ? 40 : 300), (file) =>
    moveSearch(file, coordinator, { action: 'close', reason, scope: 'household' }),
  )
  return story
}

/** Closed, then opened again some weeks later: the person’s seniority is kept. */
export function reopenedSearch(world: DemoWorld): Story {
  const story = tellIntake(world, world.clock.ago(world.random.between(110, 160), world.random), { band: 'P3' })
  const { coordinator, random } = story
  const closing = random.pick(['found_elsewhere', 'withdrawn', 'moved_out'] as const)
  tell(story, wait(story, 24, 200), (file) =>
    moveSearch(file, coordinator, { action: 'close', reason: closing, scope: 'household' }),
  )
  const reason = random.pick(gpSearchReopenReasons)
  const at = world.clock.ago(random.between(10, 24), random)
  tell(story, at, (file) => moveSearch(file, coordinator, { action: 'reopen', reason }))
  return story
}
