import type { Band } from '@maillage/contracts/cases'
import { tendSearches } from '../../../src/features/gp-search/tend-searches.ts'
import type { DemoCarer } from '../directory.ts'
import { previewNotes, reminderTexts } from '../invent/texts.ts'
import { attempt, moveSearch, offer, remind } from './care-file.ts'
import { carerOf, gpsAsked } from './choose-carer.ts'
import { type SearchOpening, type SearchStory, tellIntake, tellOpening } from './search-intake.ts'
import { tellDecline, tellMatch, tellPatient, tellVisit } from './search-rounds.ts'
import { type DemoWorld, type Story, tell, wait } from './story.ts'

const HOUR = 3_600_000

/** Of the bands on the list today, mixed. */
const mixed: readonly Band[] = ['P3', 'P2', 'P4', 'P1', 'P3', 'P2', 'P3', 'P4']
export const bandAt = (index: number): Band => mixed[index % mixed.length] ?? 'P3'

/** How many days ago a search of a band may have been qualified without being late today. */
const freshDays = { P1: [2, 7], P2: [4, 22], P3: [6, 70], P4: [10, 80] } as const

function freshIntake(world: DemoWorld, opening: SearchOpening): SearchStory {
  const [least, most] = freshDays[opening.band]
  return tellIntake(world, world.clock.ago(world.random.between(least + 3, most + 3), world.random), opening)
}

export function draftSearch(world: DemoWorld, opening: SearchOpening): Story {
  return tellOpening(world, world.clock.ago(world.random.between(1, 12), world.random), { ...opening, submit: false })
}

/** Asked and not read yet; `days` ago decides whether it is late. */
export const submittedSearch = (world: DemoWorld, opening: SearchOpening, days: number): Story =>
  tellOpening(world, world.clock.ago(days, world.random), opening)

/** Something is missing: called once or twice already. */
export function informationSearch(world: DemoWorld, opening: SearchOpening, calls: number): Story {
  const story = tellOpening(world, world.clock.ago(6 + calls * 6, world.random), opening)
  const { coordinator } = story
  tell(story, wait(story, 3, 20), (file) =>
    moveSearch(file, coordinator, { action: 'request-info', missing: ['health', 'phone'] }),
  )
  for (let n = 0; n < calls; n++)
    tell(story, wait(story, 50, 90), (file) =>
      attempt(file, coordinator, { channel: 'phone', result: 'no-answer', with: 'patient' }),
    )
  return story
}

/** On the list; some were offered in vain. */
export function eligibleSearch(world: DemoWorld, opening: SearchOpening): SearchStory {
  const story = freshIntake(world, opening)
  if (opening.band !== 'P1' && story.random.chance(0.3)) tellDecline(story)
  return story
}

/** On the list for longer than its band allows: late today. */
export const overdueSearch = (world: DemoWorld, band: 'P1' | 'P2', days: number): Story =>
  tellIntake(world, world.clock.ago(days, world.random), { band })

/** Proposed, and nobody has answered yet. */
export interface Offered {
  /** To the doctor of this account; else to those who have room. */
  account?: string
  mode: 'direct' | 'sequential' | 'broadcast'
  sentDaysAgo: number
  /** Hours from now to the end of the delay; the product's own delay by default. */
  endsInHours?: number
}

export function proposingSearch(world: DemoWorld, opening: SearchOpening, offered: Offered): Story {
  const { clock, random } = world
  const story = tellIntake(world, clock.ago(offered.sentDaysAgo + random.between(6, 11), random), opening)
  const sentAt = new Date(Math.max(clock.ago(offered.sentDaysAgo, random).getTime(), story.at.getTime() + 60_000))
  const carers = offered.account
    ? [carerOf(story, offered.account)]
    : gpsAsked(story, sentAt, story.size, offered.mode === 'direct' ? 1 : 3)
  const input = {
    mode: offered.mode,
    practitionerIds: carers.map(({ id }) => id),
    ...(random.chance(0.6) ? { previewNote: random.pick(previewNotes) } : {}),
    expiresAt: new Date(clock.now.getTime() + (offered.endsInHours ?? random.between(30, 110)) * HOUR).toISOString(),
  }
  tell(story, sentAt, (file) => offer(file, story.coordinator, input))
  return story
}

/** Resting until a day; the pause began days ago. */
export function heldSearch(world: DemoWorld, opening: SearchOpening, resumeInDays: number): Story {
  const story = tellIntake(world, world.clock.ago(world.random.between(20, 60), world.random), opening)
  const { coordinator, random } = story
  const resumeAt = world.clock.at(resumeInDays, 9).toISOString()
  const reason = random.pick(['patient_away', 'hospitalised', 'awaiting_rights', 'patient_request'] as const)
  tell(story, world.clock.ago(random.between(3, 14), random), (file) =>
    moveSearch(file, coordinator, { action: 'hold', reason, resumeAt, scope: 'household' }),
  )
  return story
}

/** A pause that ended by itself some weeks ago: the search is on the list again. */
export function resumedSearch(world: DemoWorld, opening: SearchOpening): Story {
  const story = tellIntake(world, world.clock.ago(75, world.random), opening)
  const { coordinator, random } = story
  const until = world.clock.at(-random.between(15, 25), 9)
  tell(story, world.clock.ago(60, random), (file) =>
    moveSearch(file, coordinator, {
      action: 'hold',
      reason: 'patient_away',
      resumeAt: until.toISOString(),
      scope: 'household',
    }),
  )
  tell(story, new Date(until.getTime() + 60_000), ({ deps }) => tendSearches(deps, world.cptsId), 'alone')
  return story
}

/** Accepted by somebody, some days ago. */
export interface Matched {
  account?: string
  daysAgo: number
  isTold: boolean
}

export function matchedSearch(
  world: DemoWorld,
  opening: SearchOpening,
  matched: Matched,
): { story: SearchStory; carer: DemoCarer } {
  const { clock, random } = world
  const story = tellIntake(world, clock.ago(matched.daysAgo + 8, random), opening)
  const sentAt = new Date(Math.max(story.at.getTime() + 60_000, clock.ago(matched.daysAgo + 1, random).getTime()))
  const answeredAt = new Date(Math.max(sentAt.getTime() + 300_000, clock.ago(matched.daysAgo, random).getTime()))
  const hours = { sentAt, answeredAt }
  const carer = tellMatch(story, matched.account ? { account: matched.account, hours } : { mode: 'broadcast', hours })
  if (matched.isTold) tellPatient(story)
  return { story, carer }
}

/** A visit is booked on a day told from today: to come, or past and to be declared. */
export function visitSearch(world: DemoWorld, opening: SearchOpening, matched: Matched, visitInDays: number): Story {
  const { story, carer } = matchedSearch(world, opening, matched)
  tellVisit(story, carer, world.clock.at(visitInDays, story.random.between(9, 17), story.random.pick([0, 15, 30, 45])))
  return story
}

/** The patient missed two visits: the search rests, and a call is due. */
export function twiceMissedSearch(world: DemoWorld): Story {
  const { story, carer } = matchedSearch(world, { band: 'P3' }, { daysAgo: 26, isTold: true })
  const actor = carer.actor ?? story.coordinator
  for (const days of [-12, -1]) {
    const visitAt = world.clock.at(days, 10)
    tellVisit(story, carer, visitAt)
    const at = new Date(visitAt.getTime() + HOUR)
    tell(story, at, (file) => moveSearch(file, actor, { action: 'record-no-show' }))
  }
  return story
}

/** A callback on an open case, at an hour told from today. */
export function tellCallback(story: Story, dueAt: Date): void {
  const { coordinator, random, world } = story
  const text = random.pick(reminderTexts)
  const at = new Date(Math.max(story.at.getTime() + 60_000, world.clock.ago(1, random).getTime()))
  tell(story, at, (file) =>
    remind(file, coordinator, { dueAt: dueAt.toISOString(), text, assigneeId: coordinator.accountId ?? undefined }),
  )
}
