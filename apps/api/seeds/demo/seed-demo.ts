import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { caseKindsOf } from '../../src/case-kinds.ts'
import { createCpts } from '../../src/features/accounts/create-cpts.ts'
import { findDuplicates } from '../../src/features/duplicates/find-duplicates.ts'
import { recomputePriorities } from '../../src/features/gp-search/recompute-priorities.ts'
import { escalateDischarges } from '../../src/features/hospital-discharge/watch/escalate-discharges.ts'
import { declareCapacity } from '../../src/features/practitioners/declare-capacity.ts'
import { loadCalendar } from '../../src/kernel/calendar.store.ts'
import type { Deps } from '../../src/kernel/context.ts'
import type { IdentityDeps } from '../../src/kernel/patients/patient-identity.store.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'
import { connect } from '../../src/platform/db/connect.ts'
import { type Db, openDatabase } from '../../src/platform/db/database.ts'
import type { ProblemError } from '../../src/platform/problem-error.ts'
import { insertDirectory, inventDirectory } from './directory.ts'
import { type CarerLine, lunelCarers, voisineCarers } from './invent/carers.ts'
import { patientMaker } from './invent/patients.ts'
import { randomFrom } from './invent/random.ts'
import { scenarioClock } from './invent/scenario-clock.ts'
import { type DemoTerritoryName, demoTerritories } from './invent/territories.ts'
import { seedLunelPeople, seedVoisinePeople } from './people.ts'
import { presentCards } from './plan-cards.ts'
import { pastCares, presentCares } from './plan-cares.ts'
import { pastDischarges, presentDischarges } from './plan-discharges.ts'
import { pastSearches, presentSearches } from './plan-searches.ts'
import { presentSlots } from './plan-slots.ts'
import { runSteps } from './run-steps.ts'
import { type DemoWorld, newStory, type Step, type Story } from './stories/story.ts'
import { tellIdentities } from './tell-identities.ts'
import { tellPresent } from './tell-present.ts'
import { tellReadings } from './tell-readings.ts'
import { tellRegistrations } from './tell-registrations.ts'
import { tellRevalidation } from './tell-revalidation.ts'
import { tellTeamwork } from './tell-teamwork.ts'
import { wipeDemo } from './wipe-demo.ts'

export interface DemoOptions {
  /** The API's address, under which the stories act, and the owner's, for what only a preparation may write. */
  readonly url: string
  readonly ownerUrl: string
  readonly now: Date
  /** Of the accounts that are shown. */
  readonly password: string
  /** 1: about six hundred and fifty cases. A smaller demo keeps every status. */
  readonly scale?: number
  readonly onProgress?: (done: number, all: number) => void
  /** What keeps health numbers; without it, none is told. */
  readonly identities?: IdentityDeps
  /** A story met a rule that refused it, and ends there; the others go on. */
  readonly onRefusal?: (story: Story, error: ProblemError) => void
}

/** Written last, in the transaction that ends the seeding: a demo without it is one that was cut short. */
const marker = 'demo'
const seedLock = 7_302_030

/** Was a whole demo seeded here? */
async function isSeeded(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from reference_versions where name = ${marker}`)
  return rows.length > 0
}

/** Seeds the demo unless it is there; returns false when nothing was to be done. One that was cut short starts over. */
export async function seedDemo(options: DemoOptions): Promise<boolean> {
  const owner = await connect(options.ownerUrl)
  try {
    // Two processes that start at once must not seed at once.
    await owner.query('select pg_advisory_lock($1)', [seedLock])
    if (await asOwner(options.ownerUrl, isSeeded)) return false
    await seedAll(options)
    return true
  } finally {
    await owner.end()
  }
}

async function seedAll(options: DemoOptions): Promise<void> {
  const { url, ownerUrl, now } = options
  await asOwner(ownerUrl, wipeDemo)
  const db = openDatabase({ url, poolSize: 4, synchronousCommit: false, onError: () => undefined })
  try {
    const deps: Deps = { db, now: () => now, kinds: caseKindsOf() }
    const scale = options.scale ?? 1
    const stories = [
      ...(await tellTerritory(options, 'lunel', scale)),
      ...(await tellTerritory(options, 'voisine', scale * 0.06)),
    ]
    await runStories(deps, stories, options)
    const territories = [...new Set(stories.map(({ world }) => world.cptsId))]
    for (const cptsId of territories) await bringToNow(deps, cptsId)
    const [first] = territories
    const [coordinator] = stories[0]?.world.coordinators ?? []
    if (first && coordinator) await tellRevalidation(deps, first, coordinator)
    if (first) await tellTeamwork(deps, options, first)
    const { coordinators: [, colleague] = [], clock } = stories[0]?.world ?? {}
    if (colleague && clock) await tellReadings(deps, ownerUrl, colleague, clock)
    if (coordinator) await tellPresent(deps, ownerUrl, coordinator)
    if (first) await tellRegistrations(deps, first)
    if (coordinator && options.identities) await tellIdentities({ ...deps, ...options.identities }, coordinator)
  } finally {
    await db.close()
  }
  await asOwner(ownerUrl, (tx) => finish(tx, now))
}

const castOf = {
  lunel: { carers: lunelCarers, seedPeople: seedLunelPeople, seed: 34_145 },
  voisine: { carers: voisineCarers, seedPeople: seedVoisinePeople, seed: 34_079 },
} as const satisfies Record<DemoTerritoryName, { carers: readonly CarerLine[]; seedPeople: unknown; seed: number }>

/** Writes the people of one CPTS, and tells their stories without acting any yet. */
async function tellTerritory(options: DemoOptions, name: DemoTerritoryName, scale: number): Promise<Story[]> {
  const { ownerUrl, now, password } = options
  const { municipalities } = demoTerritories[name]
  const { carers, seedPeople, seed } = castOf[name]
  const random = randomFrom(seed)
  const since = new Date(now.getTime() - 760 * 86_400_000)
  const world = await asOwner(ownerUrl, async (tx): Promise<DemoWorld> => {
    const codes = municipalities.map(({ code }) => code)
    const cptsId = await createCpts(
      tx,
      { name: demoTerritories[name].name, municipalities: codes, isDemo: true },
      since,
    )
    const clock = scenarioClock(await loadCalendar(tx, cptsId), now)
    const cards = inventDirectory(carers, clock, random.fork())
    await insertDirectory(tx, cptsId, cards, clock)
    const directory = cards.map(({ carer }) => carer)
    const people = await seedPeople({ tx, cptsId, password, since }, directory)
    return { cptsId, clock, random, directory, patients: patientMaker(municipalities, clock.dayOf(now)), ...people }
  })
  return tellAll(world, scale)
}

function tellAll(world: DemoWorld, scale: number): Story[] {
  // Those of today first: the places that they need are not given away by the past.
  const present = [...presentSearches(world, scale), ...presentCares(world, scale), ...presentDischarges(world, scale)]
  const searches = pastSearches(world, scale)
  return [
    tellDeclarations(world),
    ...presentSlots(world),
    ...present,
    ...searches,
    ...pastCares(world, scale, searches),
    ...pastDischarges(world, scale),
    // Last: it draws nothing that the others would draw.
    ...presentCards(world),
  ]
}

/** Practitioners open places anew every few months; they or the coordination say so. */
function tellDeclarations(world: DemoWorld): Story {
  const story = newStory(world, 'gp-search', world.clock.at(-760, 9))
  const declarations = world.directory.flatMap((carer) =>
    (carer.places?.periods ?? []).map(
      (period, index): Step => ({
        at: period.from,
        story,
        manner: 'alone',
        run: async (deps) => {
          const accepts = { homeVisits: carer.homeVisits, children: true, longTerm: true, newPatients: true }
          const declared = { places: period.places, municipalities: [], accepts, version: index }
          if (index === 0) return
          await declareCapacity(
            { ...deps, now: () => period.from },
            carer.actor ?? story.coordinator,
            carer.id,
            declared,
          )
        },
      }),
    ),
  )
  story.steps.push(...declarations)
  return story
}

async function runStories(
  deps: Deps,
  stories: readonly Story[],
  { onProgress, onRefusal }: Pick<DemoOptions, 'onProgress' | 'onRefusal'>,
): Promise<void> {
  const steps = stories.flatMap((story) => story.steps)
  const all = steps.filter(({ manner }) => manner === 'opening').length
  let done = 0
  const onStep = ({ manner }: Step): void => {
    if (manner !== 'opening') return
    done += 1
    if (done % 40 === 0 || done === all) onProgress?.(done, all)
  }
  await runSteps(deps, steps, { onStep, onRefusal: ({ story }, error) => onRefusal?.(story, error) })
}

/** What the nights and the minutes before today did: scores follow the wait, discharges near their hour are told. */
async function bringToNow(deps: Deps, cptsId: CptsId): Promise<void> {
  await recomputePriorities(deps, cptsId)
  await findDuplicates(deps, cptsId)
  await escalateDischarges(deps, cptsId)
}

/** Nobody is told today of what happened over two years: only what is to come stays in the outbox. */
async function finish(tx: Db, now: Date): Promise<void> {
  const at = now.toISOString()
  await tx.execute(sql`
    delete from outbox where cpts_id in (select id from cpts where is_demo) and coalesce(run_at, created_at) <= ${at}`)
  await tx.execute(sql`insert into reference_versions (name, digest) values (${marker}, ${at})`)
}
