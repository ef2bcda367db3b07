import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { caseKindsOf } from '../../src/case-kinds.ts'
import { createCpts } from '../../src/features/accounts/create-cpts.ts'
import { recomputePriorities } from '../../src/features/gp-search/recompute-priorities.ts'
import { escalateDischarges } from '../../src/features/hospital-discharge/escalate-discharges.ts'
import { declareCapacity } from '../../src/features/practitioners/declare-capacity.ts'
import { act } from '../../src/kernel/act.ts'
import { systemActor } from '../../src/kernel/actor.ts'
import { loadCalendar } from '../../src/kernel/calendar.store.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'
import { type Database, type Db, openDatabase } from '../../src/platform/db/database.ts'
import { type DemoDirectory, seedDirectory } from './directory.ts'
import { type CarerLine, lunelCarers, voisineCarers } from './invent/carers.ts'
import { patientMaker } from './invent/patients.ts'
import { randomFrom } from './invent/random.ts'
import { scenarioClock } from './invent/scenario-clock.ts'
import { type DemoTerritoryName, demoTerritories } from './invent/territories.ts'
import { seedLunelPeople, seedVoisinePeople } from './people.ts'
import { pastCares, presentCares } from './plan-cares.ts'
import { pastDischarges, presentDischarges } from './plan-discharges.ts'
import { pastSearches, presentSearches } from './plan-searches.ts'
import { runSteps } from './run-steps.ts'
import { type DemoWorld, newStory, type Step, type Story } from './stories/story.ts'
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
}

/** Written last, in the transaction that ends the seeding: a demo without it is one that was cut short. */
const marker = 'demo'

/** Was a whole demo seeded here? */
async function isSeeded(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from reference_versions where name = ${marker}`)
  return rows.length > 0
}

/** Seeds the demo unless it is there; returns false when nothing was to be done. One that was cut short starts over. */
export async function seedDemo(options: DemoOptions): Promise<boolean> {
  const { url, ownerUrl, now } = options
  if (await asOwner(ownerUrl, isSeeded)) return false
  await asOwner(ownerUrl, wipeDemo)
  const db = openDatabase({ url, poolSize: 4, synchronousCommit: false, onError: () => undefined })
  try {
    const deps: Deps = { db, now: () => now, kinds: caseKindsOf() }
    const scale = options.scale ?? 1
    const stories = [
      ...(await tellTerritory(options, db, 'lunel', scale)),
      ...(await tellTerritory(options, db, 'voisine', scale * 0.06)),
    ]
    await runStories(deps, stories, options.onProgress)
    for (const cptsId of new Set(stories.map(({ world }) => world.cptsId))) await bringToNow(deps, cptsId)
  } finally {
    await db.close()
  }
  await asOwner(ownerUrl, (tx) => finish(tx, now))
  return true
}

const castOf = {
  lunel: { carers: lunelCarers, seedPeople: seedLunelPeople, seed: 34_145 },
  voisine: { carers: voisineCarers, seedPeople: seedVoisinePeople, seed: 34_079 },
} as const satisfies Record<DemoTerritoryName, { carers: readonly CarerLine[]; seedPeople: unknown; seed: number }>

/** Writes the people of one CPTS, and tells their stories without acting any yet. */
async function tellTerritory(
  options: DemoOptions,
  db: Database,
  name: DemoTerritoryName,
  scale: number,
): Promise<Story[]> {
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
    const directory = await seedDirectory(tx, cptsId, carers, clock, random.fork())
    const people = await seedPeople({ tx, cptsId, password, since }, directory)
    return { cptsId, clock, random, directory, patients: patientMaker(municipalities, clock.dayOf(now)), ...people }
  })
  await loadCheck(db, world.cptsId)
  return tellAll(world, scale)
}

/** The API's own role must see the CPTS that the owner has just written. */
async function loadCheck(db: Database, cptsId: CptsId): Promise<void> {
  await db.read(cptsId, (tx) => loadCalendar(tx, cptsId))
}

function tellAll(world: DemoWorld, scale: number): Story[] {
  // Those of today first: the places that they need are not given away by the past.
  const present = [...presentSearches(world, scale), ...presentCares(world, scale), ...presentDischarges(world, scale)]
  const searches = pastSearches(world, scale)
  return [
    tellDeclarations(world),
    ...present,
    ...searches,
    ...pastCares(world, scale, searches),
    ...pastDischarges(world, scale),
  ]
}

/** Practitioners open places anew every few months; they or the coordination say so. */
function tellDeclarations(world: DemoWorld): Story {
  const story = newStory(world, 'gp-search', world.clock.at(-760, 9))
  const declarations = (world.directory satisfies DemoDirectory).flatMap((carer) =>
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

async function runStories(deps: Deps, stories: readonly Story[], onProgress: DemoOptions['onProgress']): Promise<void> {
  const steps = stories.flatMap((story) => story.steps)
  const all = steps.filter(({ manner }) => manner === 'opening').length
  let done = 0
  await runSteps(deps, steps, ({ manner }) => {
    if (manner !== 'opening') return
    done += 1
    if (done % 40 === 0 || done === all) onProgress?.(done, all)
  })
}

/** What the nights and the minutes before today did: scores follow the wait, discharges near their hour are told. */
async function bringToNow(deps: Deps, cptsId: CptsId): Promise<void> {
  await recomputePriorities(deps, cptsId)
  await act(deps, systemActor(cptsId), escalateDischarges)
}

/** Nobody is told today of what happened over two years: only what is to come stays in the outbox. */
async function finish(tx: Db, now: Date): Promise<void> {
  const at = now.toISOString()
  await tx.execute(sql`
    delete from outbox where cpts_id in (select id from cpts where is_demo) and coalesce(run_at, created_at) <= ${at}`)
  await tx.execute(sql`insert into reference_versions (name, digest) values (${marker}, ${at})`)
}
