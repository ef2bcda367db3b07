import type { CaseKindName } from '@maillage/contracts/cases'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { Deps } from '../../../src/kernel/context.ts'
import type { DemoCarer, DemoDirectory } from '../directory.ts'
import type { PatientMaker } from '../invent/patients.ts'
import type { Random } from '../invent/random.ts'
import type { ScenarioClock } from '../invent/scenario-clock.ts'

/** A ward that prepares discharges, and who works there. */
export interface DemoWard {
  actor: Actor
  unitId: Actor['unitIds'][number]
  phone: string
}

/** Everybody and everything that the stories of one CPTS draw from. */
export interface DemoWorld {
  readonly cptsId: CptsId
  readonly clock: ScenarioClock
  readonly random: Random
  readonly directory: DemoDirectory
  readonly patients: PatientMaker
  /** The demo's own coordinator first, then colleagues. */
  readonly coordinators: readonly Actor[]
  /** A CCAS and others who ask without an entry in the directory; the demo's own account first. */
  readonly requesters: readonly Actor[]
  readonly wards: readonly DemoWard[]
}

/** One act of a story, at its hour. */
export interface Step {
  readonly at: Date
  readonly story: Story
  /** An opening takes the next reference; something of the clock’s runs with nothing beside it. */
  readonly manner: 'opening' | 'act' | 'alone'
  run(deps: Deps): Promise<void>
}

/** A case from its opening to today: what is known of it while it is told. */
export interface Story {
  readonly world: DemoWorld
  readonly kind: CaseKindName
  readonly random: Random
  readonly coordinator: Actor
  readonly steps: Step[]
  /** The story whose act opens this one’s case. */
  readonly after?: Story
  /** Known once the opening has run. */
  caseId?: CaseId
  patientId?: PatientId
  /** Practitioners already asked: nobody is asked twice. */
  readonly asked: DemoCarer[]
  /** The hour of the last step told, from which the next one is counted. */
  at: Date
}

/** A case in somebody's hands at an hour of its story: `deps.now` is that hour. */
export interface CareFile {
  readonly deps: Deps
  readonly story: Story
}

/** A new story that begins at an hour; nothing has happened yet. */
export function newStory(world: DemoWorld, kind: CaseKindName, at: Date, after?: Story): Story {
  const random = world.random.fork()
  return { world, kind, random, coordinator: coordinatorOf(world, random), steps: [], asked: [], at, after }
}

/** Half of the cases are the demo coordinator's own; colleagues have the others. */
function coordinatorOf({ coordinators }: DemoWorld, random: Random): Actor {
  const [first] = coordinators
  return first && random.chance(0.5) ? first : random.pick(coordinators)
}

/** Adds an act to a story, not before the act told last; what would come after now happens just now. */
export function tell(
  story: Story,
  at: Date,
  run: (file: CareFile) => Promise<unknown>,
  manner: Step['manner'] = 'act',
): void {
  if (at < story.at) throw new Error(`A story of ${story.kind} goes back in time`)
  const hour = new Date(Math.max(story.at.getTime(), Math.min(at.getTime(), story.world.clock.now.getTime() - 1000)))
  story.at = hour
  story.steps.push({
    at: hour,
    story,
    manner,
    run: async (deps) => {
      await run({ deps: { ...deps, now: () => hour }, story })
    },
  })
}

/** Goes on so many office hours later. */
export function wait(story: Story, leastHours: number, mostHours: number): Date {
  const { world, random } = story
  return world.clock.later(story.at, leastHours, mostHours, random)
}
