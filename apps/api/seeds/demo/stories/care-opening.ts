import { ageOn } from '@maillage/contracts/kit/dates'
import type { CaseSubject } from '@maillage/contracts/patients'
import type { Profession } from '@maillage/contracts/professions'
import {
  type OpenUnscheduledCare,
  type RedFlag,
  redFlags,
  type UrgencyLevel,
} from '@maillage/contracts/unscheduled-care'
import { openUnscheduledCare } from '../../../src/features/unscheduled-care/open-unscheduled-care.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { DemoCarer } from '../directory.ts'
import { careReasons, redFlagReasons } from '../invent/texts.ts'
import { accept, decline } from './answers.ts'
import { moveCare, offer, opened } from './care-file.ts'
import { carersFor } from './choose-carer.ts'
import { consentAt } from './search-intake.ts'
import { type DemoWorld, newStory, type Story, tell } from './story.ts'

/** A request being told: which profession it is for. */
export interface CareStory extends Story {
  readonly profession: Profession
}

export interface CareOpening {
  opener?: Actor
  level?: UrgencyLevel
  profession?: Profession
  /** Somebody already known, whose earlier story is told before. */
  knownFrom?: Story
  saysItCanWait?: boolean
}

const noFlags = (): Record<RedFlag, boolean> =>
  // fromEntries only knows strings; the keys are the flags.
  Object.fromEntries(redFlags.map((flag) => [flag, false])) as Record<RedFlag, boolean>

/** Three of a profession at least, so that somebody is there and was not asked yet. */
const isWellServed = ({ directory }: DemoWorld, profession: Profession): boolean =>
  directory.filter((one) => one.profession === profession).length > 2

function isFor(world: DemoWorld, { profession, age }: (typeof careReasons)[number], opening: CareOpening): boolean {
  // Somebody already known may be of any adult age.
  if (opening.knownFrom) return profession === 'physician' && age[1] >= 60 && age[0] >= 18
  const wanted = opening.profession ?? 'physician'
  return profession === (isWellServed(world, wanted) ? wanted : 'physician')
}

/** Opens a request at an hour. */
export function tellCareOpening(world: DemoWorld, at: Date, opening: CareOpening = {}): CareStory {
  const base = newStory(world, 'unscheduled-care', at)
  const { random, coordinator } = base
  const wanted = careReasons.filter((one) => isFor(world, one, opening))
  const { reason, since, age, profession } = random.pick(wanted)
  const story: CareStory = { ...base, profession }
  const invented = world.patients.invent(random, {
    age,
    ...(profession === 'midwife' ? { sex: 'female' as const } : {}),
  })
  const isMinor = ageOn(invented.birthDate, world.clock.dayOf(at)) < 18
  const opener = opening.opener ?? coordinator
  const input = (patient: CaseSubject): OpenUnscheduledCare => ({
    patient,
    channel: opening.opener ? 'professional' : 'phone',
    consent: consentAt(at, opener.displayName),
    redFlags: noFlags(),
    details: {
      reason,
      since,
      hasGp: random.chance(0.45),
      canTravel: random.chance(0.8),
      profession,
      ...(isMinor ? { callerName: 'Un parent' } : {}),
    },
    ...(opening.saysItCanWait ? { requestedLevel: 'U3' as const } : {}),
  })
  tell(
    story,
    at,
    async (file) => {
      const known = opening.knownFrom?.patientId
      opened(file, await openUnscheduledCare(file.deps, opener, input(known ? { id: known } : invented)))
    },
    'opening',
  )
  return story
}

/** A sign that sends to the 15: nothing more is asked. */
export function redFlagCare(world: DemoWorld, at: Date): Story {
  const story = newStory(world, 'unscheduled-care', at)
  const { random, coordinator } = story
  const { flag, reason } = random.pick(redFlagReasons)
  const patient = world.patients.invent(random, { age: [35, 90] })
  const input: OpenUnscheduledCare = {
    patient,
    channel: 'phone',
    redFlags: { ...noFlags(), [flag]: true },
    details: { reason },
  }
  tell(story, at, async (file) => opened(file, await openUnscheduledCare(file.deps, coordinator, input)), 'opening')
  return story
}

/** How soon, by whom and how; a coordinator who is no clinician goes by a protocol. */
export function tellTriage(story: CareStory, level: UrgencyLevel, at?: Date): void {
  const { coordinator, random, profession } = story
  const basis = coordinator.isHealthProfessional ? 'clinician' : 'protocol'
  const mode = random.chance(profession === 'nurse' ? 0.9 : 0.12) ? 'home' : 'practice'
  const input = {
    action: 'triage',
    level,
    basis,
    mode,
    profession,
    ...(basis === 'protocol' ? { protocolId: 'accueil-snp-1' } : {}),
  } as const
  const hour = at ?? story.world.clock.soon(story.at, 3, 14, random)
  tell(story, hour, (file) => moveCare(file, coordinator, input))
}

/** Who takes the appointment, and when it is. */
interface Booking {
  carer: DemoCarer
  visitAt: Date
}

/** Asked in a row until one takes the appointment. */
export function tellBooking(story: CareStory, appointmentAt: (from: Date) => Date): Booking {
  const { coordinator, random, world, profession } = story
  const sentAt = world.clock.soon(story.at, 2, 10, random)
  const count = random.chance(0.3) ? 2 : 1
  const carers = carersFor(story, profession, sentAt, count)
  const first = carers[0]
  const last = carers.at(-1)
  if (!first || !last) throw new Error(`Nobody of the demo is ${profession}`)
  const mode = carers.length > 1 ? 'sequential' : 'direct'
  tell(story, sentAt, (file) => offer(file, coordinator, { mode, practitionerIds: carers.map(({ id }) => id) }))
  if (first !== last)
    tell(story, world.clock.soon(story.at, 2, 7, random), (file) => decline(file, first, { reason: 'absence' }))
  const at = world.clock.soon(story.at, 2, 9, random)
  const visitAt = appointmentAt(at)
  tell(story, at, (file) => accept(file, last, { appointmentAt: visitAt.toISOString() }))
  return { carer: last, visitAt }
}
