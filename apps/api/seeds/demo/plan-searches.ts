import { gpSearchClosingReasons } from '@maillage/contracts/gp-search'
import { closedSearch, declaredSearch, reopenedSearch } from './stories/search-histories.ts'
import type { SearchOpening } from './stories/search-intake.ts'
import {
  bandAt,
  draftSearch,
  eligibleSearch,
  heldSearch,
  informationSearch,
  matchedSearch,
  overdueSearch,
  proposingSearch,
  resumedSearch,
  submittedSearch,
  tellCallback,
  twiceMissedSearch,
  visitSearch,
} from './stories/search-present.ts'
import type { DemoWorld, Story } from './stories/story.ts'
import { twoRecords } from './stories/two-records.ts'

/** As many as asked for at full scale, one at least, so that a small demo still shows everything. */
export const scaled = (count: number, scale: number): number => Math.max(1, Math.round(count * scale))

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** Two years of searches that are over. */
export function pastSearches(world: DemoWorld, scale: number): Story[] {
  return [
    ...times(scaled(118, scale), () => declaredSearch(world)),
    ...gpSearchClosingReasons.flatMap((reason) => times(scaled(5, scale), () => closedSearch(world, reason))),
    ...times(scaled(5, scale), () => reopenedSearch(world)),
  ]
}

const opening = (index: number, over: Partial<SearchOpening> = {}): SearchOpening => ({ band: bandAt(index), ...over })

/** Those that somebody else than the coordination asked for. */
function fromOutside(world: DemoWorld): SearchOpening[] {
  const [ccas, dac] = world.requesters
  const doctor = world.directory.find(({ account }) => account === 'medecin')?.actor
  const openers = [ccas, ccas, dac, ccas, doctor, dac].filter((one) => one !== undefined)
  return openers.map((opener, index) => opening(index, { opener }))
}

function waitingToBeRead(world: DemoWorld, scale: number): Story[] {
  const outside = fromOutside(world)
  return [
    ...outside.slice(0, 3).map((one) => draftSearch(world, one)),
    ...times(scaled(3, scale), (n) => draftSearch(world, opening(n))),
    ...outside.map((one) => submittedSearch(world, { ...one, band: one.band === 'P1' ? 'P3' : one.band }, 1)),
    ...times(scaled(6, scale), (n) =>
      submittedSearch(world, opening(n, n % 4 === 0 ? { members: 2 } : {}), 0.4 + (n % 2)),
    ),
    // Not read within five business days.
    submittedSearch(world, opening(0), 11),
    ...times(scaled(7, scale), (n) => informationSearch(world, opening(n), n % 3)),
  ]
}

function onTheList(world: DemoWorld, scale: number): Story[] {
  const { clock } = world
  const waiting = times(scaled(26, scale), (n) =>
    eligibleSearch(world, opening(n, n % 8 === 2 ? { band: 'P3', members: 1 + (n % 3) } : {})),
  )
  // Calls to make today and tomorrow; one was due yesterday.
  const soon = new Date(clock.now.getTime() + 2 * 3_600_000)
  const hours = [soon, clock.at(1, 10), clock.at(1, 14), clock.at(1, 16, 30), clock.at(2, 9)]
  for (const [index, story] of waiting.slice(0, scaled(9, scale)).entries()) {
    const dueAt = hours[index % hours.length]
    if (dueAt) tellCallback(story, dueAt)
  }
  return [
    ...waiting,
    overdueSearch(world, 'P1', 23),
    overdueSearch(world, 'P2', 41),
    ...times(scaled(4, scale), (n) => heldSearch(world, opening(n), [1, 6, 20, 45][n % 4] ?? 6)),
    ...times(scaled(2, scale), () => heldSearch(world, opening(4), 1)),
    ...times(scaled(2, scale), (n) => resumedSearch(world, { band: n % 2 === 0 ? 'P3' : 'P4' })),
    twiceMissedSearch(world),
  ]
}

/** What the accounts of the demo's doctors find to answer; for each, one delay ends soon. */
function awaitingAnswer(world: DemoWorld, scale: number): Story[] {
  const isNamed = world.directory.some(({ account }) => account === 'medecin')
  const named = isNamed ? ['medecin', 'medecin2'] : []
  return [
    ...named.flatMap((account) =>
      [3, 26, 50, 74].map((endsInHours, n) =>
        proposingSearch(world, opening(n, n === 2 ? { band: 'P3', members: 2 } : {}), {
          account,
          mode: 'direct',
          sentDaysAgo: 0.5 + n * 0.4,
          endsInHours,
        }),
      ),
    ),
    ...times(scaled(9, scale), (n) =>
      proposingSearch(world, opening(n + 1), {
        mode: n % 2 === 0 ? 'broadcast' : 'sequential',
        sentDaysAgo: 0.3 + (n % 3) * 0.3,
      }),
    ),
  ]
}

function accepted(world: DemoWorld, scale: number): Story[] {
  const named = world.directory.some(({ account }) => account === 'medecin') ? ['medecin', 'medecin2'] : []
  const matched = (n: number, over: { account?: string; daysAgo: number; isTold: boolean }) =>
    matchedSearch(world, opening(n + 2), over).story
  return [
    ...named.flatMap((account) => [
      matched(0, { account, daysAgo: 0.6, isTold: false }),
      matched(2, { account, daysAgo: 4, isTold: true }),
      visitSearch(world, opening(1), { account, daysAgo: 9, isTold: true }, 3),
      visitSearch(world, opening(4), { account, daysAgo: 22, isTold: true }, -14),
    ]),
    // The patient was not told within two business days.
    matched(0, { daysAgo: 6, isTold: false }),
    ...times(scaled(5, scale), (n) => matched(n, { daysAgo: 3 + n, isTold: n % 3 !== 2 })),
    ...times(scaled(8, scale), (n) =>
      visitSearch(world, opening(n), { daysAgo: 10 + n, isTold: true }, [2, 5, 9, -4, 13, -6, 7, 1][n % 8] ?? 5),
    ),
  ]
}

/** The searches open today. */
export function presentSearches(world: DemoWorld, scale: number): Story[] {
  return [
    ...waitingToBeRead(world, scale),
    ...onTheList(world, scale),
    ...awaitingAnswer(world, scale),
    ...accepted(world, scale),
    // A household of three on the list, and two people who stand on it twice.
    eligibleSearch(world, opening(0, { members: 2 })),
    ...twoRecords(world),
  ]
}
