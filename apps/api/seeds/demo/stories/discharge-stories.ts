import type { NeedType } from '@maillage/contracts/discharge-needs'
import { type Checklist, checklistItems, type dischargeCancelReasons } from '@maillage/contracts/hospital-discharge'
import type { Random } from '../invent/random.ts'
import { wardNotes } from '../invent/texts.ts'
import { moveDischarge, moveNeed, note } from './care-file.ts'
import { type Covered, tellCover, tellPassageOfTime, tellReconfirmed, tellReschedule } from './discharge-cover.ts'
import { type DischargeOpening, type DischargeStory, needIdOf, tellDischargeOpening } from './discharge-opening.ts'
import { isLongOver, tellSearchToTheEnd } from './linked-search.ts'
import { type DemoWorld, type Story, tell, wait } from './story.ts'

const HOUR = 3_600_000
const QUARTER = 900_000

function pastOpening({ clock, random }: DemoWorld): DischargeOpening {
  const openedAt = clock.ago(random.between(16, 690), random)
  const expectedAt = clock.later(openedAt, 76, 190, random)
  const withoutGp = random.chance(0.16) && clock.now.getTime() - openedAt.getTime() > 62 * 24 * HOUR
  return { openedAt, expectedAt, withoutGp }
}

/** The coordination reads it; what is missing is asked for and given. */
export function tellAcknowledged(story: DischargeStory, asksInformation = false): void {
  const { coordinator, ward, random, world } = story
  tell(story, wait(story, 0.2, 2), (file) => moveDischarge(file, coordinator, { action: 'acknowledge' }))
  if (random.chance(0.3))
    tell(story, world.clock.soon(story.at, 4, 30, random), (file) => note(file, ward.actor, random.pick(wardNotes)))
  if (!asksInformation) return
  const missing = [random.pick(['prescription', 'phone', 'usual_team', 'autonomy'] as const)]
  tell(story, wait(story, 0.1, 1), (file) => moveDischarge(file, coordinator, { action: 'request-info', missing }))
  tell(story, wait(story, 0.4, 3), (file) => moveDischarge(file, ward.actor, { action: 'provide-info' }))
}

export function tellStart(story: DischargeStory): void {
  const { coordinator } = story
  tell(story, wait(story, 0.1, 1), (file) => moveDischarge(file, coordinator, { action: 'start' }))
}

/** Covers every need in turn, while there is time. */
function tellAllCovered(story: DischargeStory, except: readonly NeedType[]): Covered[] {
  return story.needs
    .filter((type) => !except.includes(type))
    .map((type) => tellCover(story, type))
    .filter((covered) => covered !== undefined)
}

const checklistOf = (random: Random): Checklist =>
  Object.fromEntries(checklistItems.map((item) => [item, random.chance(0.88) ? 'yes' : 'no']))

/** The patient goes home; what is not covered is known. */
export function tellDischarge(story: DischargeStory, at: Date): void {
  const { ward, random } = story
  const said = { letterSent: random.chance(0.9), checklist: checklistOf(random), uncoveredAcknowledged: true }
  tell(story, at, (file) =>
    moveDischarge(file, ward.actor, { action: 'discharge', actualAt: file.deps.now().toISOString(), ...said }),
  )
}

/** Nobody was found for a need: said, or no longer needed. */
function tellLeftOver(story: DischargeStory, type: NeedType): void {
  const { coordinator, random } = story
  const action = random.chance(0.6) ? ('mark-unmet' as const) : ('mark-not-needed' as const)
  tell(story, wait(story, 0.2, 2), async (file) => moveNeed(file, coordinator, await needIdOf(file, type), { action }))
}

/** From the ward’s request to the call two days after the return home. */
export function followedDischarge(world: DemoWorld): Story[] {
  const story = tellDischargeOpening(world, pastOpening(world))
  const { random, coordinator } = story
  tellAcknowledged(story, random.chance(0.15))
  if (random.chance(0.5)) tellStart(story)
  const lacking = random.chance(0.25) ? story.needs.slice(-1) : []
  const covered = tellAllCovered(story, lacking)
  const [left] = lacking
  if (left && random.chance(0.5)) tellLeftOver(story, left)
  else if (left && !isLate(story, 11)) tellPassageOfTime(story, new Date(story.expectedAt.getTime() - 11 * HOUR))
  if (covered.length > 0 && !isLate(story, 10) && random.chance(0.14)) {
    tellReschedule(story, random.between(2, 3))
    for (const one of covered) tellReconfirmed(story, one)
  }
  tellDischarge(
    story,
    new Date(Math.max(story.expectedAt.getTime(), story.at.getTime()) + random.between(5, 90) * 60_000),
  )
  const readmitted = random.chance(0.07)
  const calledAt = world.clock.later(story.at, 42, 54, random)
  const gpSeenAt = random.chance(0.5) ? { gpSeenAt: world.clock.dayOf(calledAt) } : {}
  tell(story, calledAt, (file) =>
    moveDischarge(file, coordinator, {
      action: 'follow-up',
      calledAt: file.deps.now().toISOString(),
      readmitted,
      ...gpSeenAt,
    }),
  )
  return withSearch(story)
}

const isLate = (story: DischargeStory, hours: number): boolean =>
  story.expectedAt.getTime() - story.at.getTime() < hours * HOUR

function withSearch(story: DischargeStory): Story[] {
  const { search } = story
  if (!search) return [story]
  const [opening] = story.steps
  if (opening && isLongOver({ ...search, at: opening.at })) tellSearchToTheEnd(search)
  return [story, search]
}

export function cancelledDischarge(world: DemoWorld, reason: (typeof dischargeCancelReasons)[number]): Story {
  const story = tellDischargeOpening(world, { ...pastOpening(world), withoutGp: false })
  const { coordinator, ward, random } = story
  tellAcknowledged(story)
  if (random.chance(0.6)) tellCover(story, story.needs[0] ?? 'home-nurse')
  const actor = random.chance(0.7) ? ward.actor : coordinator
  tell(story, wait(story, 1, 8), (file) => moveDischarge(file, actor, { action: 'cancel', reason }))
  return story
}

/** A discharge of these days, as far as it has come. */
export interface PresentDischarge {
  unit: number
  /** Days since the ward asked, and hours until the patient goes home. */
  openedDaysAgo: number
  inHours: number
  needs?: readonly NeedType[]
  withoutGp?: boolean
}

const presentOpening = (
  { clock, random }: DemoWorld,
  { openedDaysAgo, inHours, ...rest }: PresentDischarge,
): DischargeOpening => ({
  ...rest,
  openedAt: clock.ago(openedDaysAgo, random),
  // Wards speak in quarters of an hour.
  expectedAt: new Date(Math.ceil((clock.now.getTime() + inHours * HOUR) / QUARTER) * QUARTER),
})

export function presentDischarge(world: DemoWorld, present: PresentDischarge, submit = true): DischargeStory {
  return tellDischargeOpening(world, { ...presentOpening(world, present), submit })
}

/** Gone home some hours ago: the call is due on the second day. */
export function goneHome(world: DemoWorld, unit: number, hoursAgo: number): Story {
  const { clock, random } = world
  const leftAt = new Date(clock.now.getTime() - hoursAgo * HOUR)
  const story = tellDischargeOpening(world, {
    unit,
    openedAt: clock.ago(hoursAgo / 24 + 6, random),
    expectedAt: leftAt,
  })
  tellAcknowledged(story)
  tellAllCovered(story, [])
  tellDischarge(story, leftAt)
  return story
}
