import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { someoneWho } from '../builders/accounts.ts'
import { type Errands, theErrands } from './errands.ts'
import { brokenInvariants, wrongPlaces } from './invariants.ts'
import { Judge } from './judge.ts'
import { theCallers } from './people.ts'
import { Report } from './report.ts'
import { type FuzzRun, runFuzz, sweepLeast } from './run-fuzz.ts'
import { seedTerritories, type Territories, worldOf } from './territories.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_260_329)
const requests = Number(process.env.FUZZ_REQUESTS ?? 4000)
const patience = 1_800_000

// Two days before the hour that does not exist: the run lasts five days, and goes through it.
const start = new Date('2026-03-27T09:00:00.000Z')
let clock = start.getTime()
let tested: TestApp
let errands: Errands
let run: FuzzRun
let territories: Territories

beforeAll(async () => {
  tested = await buildTestApp({ now: () => new Date(clock) })
  territories = await seedTerritories(tested, start)
  errands = theErrands(tested)
  const world = worldOf(tested, territories, errands, seed)
  const judge = new Judge(world.document)
  for (const id of territories.foreignIds) judge.secrets.theirs.add(id)
  for (const id of territories.sharedIds) judge.shared.add(id)
  const callers = await theCallers(tested, territories.ours, territories.theirs)
  const pass = (ms: number): void => {
    clock += ms
  }
  run = { tested, world, callers, errands, judge, report: new Report(), requests, pass }
}, patience)

afterAll(async () => {
  await errands?.close()
  await tested?.close()
})

test(`${requests} requests of seed ${seed} leave the server standing, silent on the neighbour and true to its word`, {
  timeout: patience,
}, async () => {
  const began = performance.now()
  const spent = process.cpuUsage()
  await runFuzz(run)
  const { report, judge } = run
  const lines = [
    `seed ${seed}: ${report.sent} requests in ${Math.round((performance.now() - began) / 1000)} s (${Math.round(process.cpuUsage(spent).user / 1e6)} s of this process’s work), ${report.reached} reached an act`,
    `(${[...report.styles].map(([style, count]) => `${style} ${count}`).join(', ')})`,
    report.table(),
    'Below half:',
    ...report.below().map(({ id, share, why }) => `${id} ${Math.round(100 * share)} %: ${why}`),
    ...judge.faults.slice(0, 200).map(({ what, request, answer }) => `FAULT ${what}\n  ${request}\n  ${answer}`),
    ...errands.failures.map((failure) => `FAILED ${failure}`),
  ]
  if (process.env.FUZZ_REPORT) writeFileSync(process.env.FUZZ_REPORT, lines.join('\n'))
  expect(judge.faults).toEqual([])
  expect(errands.failures).toEqual([])
  expect(report.reached / report.sent).toBeGreaterThan(0.5)
})

test('every operation was called, in a long run by everybody', () => {
  const { world, report, callers } = run
  const { operations } = world.document
  const isLong = requests >= 1.1 * sweepLeast * operations.length * callers.length
  const least = isLong ? callers.length : 1
  const missed = operations.filter(({ id }) => report.callersOf(id).size < least)
  expect(missed.map(({ id }) => id)).toEqual([])
})

test('what must always hold still holds', { timeout: patience }, async () => {
  expect(await brokenInvariants(tested, start)).toEqual([])
  const { headers } = await someoneWho(tested, { cptsId: territories.ours, role: 'coordinator' })
  expect(await wrongPlaces(tested, territories.ours, headers)).toEqual([])
})
