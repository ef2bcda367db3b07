import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { someoneWho } from '../builders/accounts.ts'
import type { FuzzRun } from './dispatch.ts'
import { theErrands } from './errands.ts'
import { theStrays } from './ground/strays.ts'
import { brokenInvariants, wrongPlaces } from './invariants.ts'
import { Judge } from './judge.ts'
import { theCallers } from './people.ts'
import { Report, unreachable } from './report.ts'
import { runFuzz, sweepLeast } from './run-fuzz.ts'
import { seedTerritories, type Territories, worldOf } from './territories.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_260_329)
const requests = Number(process.env.FUZZ_REQUESTS ?? 4000)
const lanes = Number(process.env.FUZZ_LANES ?? 1)
const patience = 1_800_000

// Two days before the hour that does not exist: the run lasts five days, and goes through it.
const start = new Date('2026-03-27T09:00:00.000Z')
let clock = start.getTime()
let tested: TestApp
let run: FuzzRun
let territories: Territories

beforeAll(async () => {
  tested = await buildTestApp({ now: () => new Date(clock) })
  territories = await seedTerritories(tested, start)
  const errands = theErrands(tested)
  const world = worldOf(tested, territories, errands, seed)
  const judge = new Judge(world.document)
  for (const id of territories.foreignIds) judge.secrets.theirs.add(id)
  for (const id of territories.sharedIds) judge.shared.add(id)
  const callers = await theCallers(tested, territories.ours, territories.theirs)
  const pass = (ms: number): void => {
    clock += ms
  }
  const strays = await theStrays(tested, territories.ours)
  run = { tested, world, callers, strays, errands, judge, report: new Report(), requests, lanes, pass }
}, patience)

afterAll(async () => {
  await run?.errands.close()
  await tested?.close()
})

/** The whole, in a few lines; what each operation answered stands beside. */
function keepReport({ report, judge, errands }: FuzzRun, spent: { seconds: number; work: number }): void {
  const file = process.env.FUZZ_REPORT
  if (!file) return
  const { sent, reached, validReached, styles } = report
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`
  const summary = [
    `Seed ${seed}: ${sent} requests in ${spent.seconds} s, ${lanes} at once (${spent.work} s of this process’s work)`,
    `${styles.valid} valid, ${styles.near} near-valid, ${styles.hostile} hostile`,
    `${reached} reached an act (${share(reached, sent)}); of the valid ones, ${validReached} (${share(validReached, styles.valid)})`,
    `Never: ${report.never().join(', ') || 'none'}`,
    `Below half: ${report.below().length}`,
    ...report.below().map((line) => `  ${line}`),
    `Faults: ${judge.faults.length}`,
    ...judge.faults.slice(0, 200).map(({ what, request, answer }) => `FAULT ${what}\n  ${request}\n  ${answer}`),
    ...errands.failures.map((failure) => `FAILED ${failure}`),
  ]
  writeFileSync(file, `${summary.join('\n')}\n`)
  writeFileSync(file.replace(/(\.\w+)?$/, '-operations$1'), `${report.table()}\n`)
}

test(`${requests} requests of seed ${seed} leave the server standing, silent on the neighbour and true to its word`, {
  timeout: patience,
}, async () => {
  const began = performance.now()
  const before = process.cpuUsage()
  try {
    await runFuzz(run)
  } finally {
    const seconds = Math.round((performance.now() - began) / 1000)
    keepReport(run, { seconds, work: Math.round(process.cpuUsage(before).user / 1e6) })
  }
  const { report, judge, errands } = run
  expect(judge.faults).toEqual([])
  expect(errands.failures).toEqual([])
  expect(report.reached / report.sent).toBeGreaterThan(0.5)
})

test('every operation was called, and led to an act; in a long run by everybody', () => {
  const { world, report, callers } = run
  const ids = world.document.operations.map(({ id }) => id)
  const isLong = requests >= 1.1 * sweepLeast * ids.length * callers.length
  const least = isLong ? callers.length : 1
  expect(ids.filter((id) => report.callersOf(id).size < least)).toEqual([])
  expect(Object.keys(unreachable).filter((id) => !ids.includes(id))).toEqual([])
  // A short run calls some but a few times.
  if (isLong) expect(report.never().toSorted()).toEqual(Object.keys(unreachable).toSorted())
})

test('what must always hold still holds', { timeout: patience }, async () => {
  expect(await brokenInvariants(tested, start)).toEqual([])
  const { headers } = await someoneWho(tested, { cptsId: territories.ours, role: 'coordinator' })
  expect(await wrongPlaces(tested, territories.ours, headers)).toEqual([])
})
