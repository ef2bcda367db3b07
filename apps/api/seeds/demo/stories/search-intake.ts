import type { Band, Channel, Consent } from '@maillage/contracts/cases'
import type { OpenGpSearch } from '@maillage/contracts/gp-search'
import { ageOn } from '@maillage/contracts/kit/dates'
import type { PatientDetails } from '@maillage/contracts/patients'
import type * as z from 'zod'
import { openGpSearch } from '../../../src/features/gp-search/open-gp-search.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import { attemptNotes, searchNotes } from '../invent/texts.ts'
import { attempt, moveSearch, note, opened } from './care-file.ts'
import { ageRangeOf, detailsFor } from './search-details.ts'
import { type DemoWorld, newStory, type Story, tell, wait } from './story.ts'

/** Who asks, how, and for whom. */
export interface SearchOpening {
  band: Band
  /** The coordination by default. */
  opener?: Actor
  channel?: Channel
  submit?: boolean
  /** Written once more, as it is heard on the phone: two records of one person. */
  again?: PatientDetails
  /** People of the same home sought together. */
  members?: number
  /** Fills information that was missing, before the search is qualified. */
  asksInformation?: boolean
}

/** A search being told: how many places it needs. */
export interface SearchStory extends Story {
  readonly size: number
}

export const consentAt = (at: Date, informedBy: string): z.output<typeof Consent> => ({
  givenAt: at.toISOString(),
  channel: 'oral',
  informedBy,
})

function channelOf(story: Story, { opener, channel }: SearchOpening): Channel {
  if (channel) return channel
  if (opener) return 'professional'
  return story.random.chance(0.75) ? 'phone' : 'counter'
}

function householdOf(story: Story, patient: PatientDetails, count: number): OpenGpSearch['household'] {
  const { world, random } = story
  return Array.from({ length: count }, (_, n) => ({
    patient: world.patients.invent(random, { age: n === 0 ? [30, 60] : [3, 15], livesWith: patient }),
    details: {},
  }))
}

/** Opens a search at an hour. */
export function tellOpening(world: DemoWorld, at: Date, opening: SearchOpening): SearchStory {
  const members = opening.members ?? 0
  const story = { ...newStory(world, 'gp-search', at), size: 1 + members }
  const { random, coordinator } = story
  const opener = opening.opener ?? coordinator
  const channel = channelOf(story, opening)
  const patient =
    opening.again ?? world.patients.invent(random, { age: members > 0 ? [32, 58] : ageRangeOf(opening.band) })
  const age = ageOn(patient.birthDate, world.clock.dayOf(at))
  const household = members > 0 ? householdOf(story, patient, members) : undefined
  const submit = opening.submit ?? true
  const input: OpenGpSearch = {
    patient,
    channel: channel === 'import' ? 'phone' : channel,
    submit,
    ...(submit ? { consent: consentAt(at, opener.displayName) } : {}),
    details: detailsFor(random, opening.band, age, channel),
    ...(household ? { household } : {}),
    ...(opening.again ? { confirmNotDuplicate: true } : {}),
  }
  tell(story, at, async (file) => opened(file, await openGpSearch(file.deps, opener, input)), 'opening')
  return story
}

/** What is missing is asked for, and given some days later. */
function tellMissing(story: Story): void {
  const { coordinator, random } = story
  const missing = [random.pick(['phone', 'address', 'health', 'current_gp'] as const)]
  tell(story, wait(story, 4, 30), (file) => moveSearch(file, coordinator, { action: 'request-info', missing }))
  const made = {
    channel: 'phone',
    result: random.pick(['no-answer', 'voicemail', 'reached'] as const),
    with: 'patient',
  } as const
  tell(story, wait(story, 24, 72), (file) => attempt(file, coordinator, { ...made, note: random.pick(attemptNotes) }))
  tell(story, wait(story, 12, 96), (file) => moveSearch(file, coordinator, { action: 'provide-info' }))
}

/** From the request to the list: read, completed where needed, qualified within two business days. */
export function tellIntake(world: DemoWorld, at: Date, opening: SearchOpening): SearchStory {
  const story = tellOpening(world, at, opening)
  const { coordinator, random } = story
  if (opening.asksInformation) tellMissing(story)
  tell(story, wait(story, 2, 22), (file) => moveSearch(file, coordinator, { action: 'qualify' }))
  if (random.chance(0.35)) tellNote(story)
  return story
}

export function tellNote(story: Story): void {
  const { coordinator, random } = story
  const text = random.pick(searchNotes)
  tell(story, story.world.clock.soon(story.at, 3, 40, random), (file) => note(file, coordinator, text))
}
