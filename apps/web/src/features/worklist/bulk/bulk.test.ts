import { expect, test } from 'vitest'
import { aRow } from '../list/a-row.ts'
import { commonClosings, doneInWords, refusalOf } from './bulk-acts.ts'
import { type Outcome, runEach } from './run-each.ts'
import { allOrNothing, nothing, toggled, upTo, within } from './selection.ts'

const rows = [1, 2, 3, 4, 5].map((n) => aRow({ n }))
const order = rows.map(({ id }) => id)
const at = (n: number) => rows[n - 1] ?? aRow()
const numbers = (ids: Iterable<string>) => [...ids].map((id) => Number(id.slice(-4))).sort()
const here = { me: at(1).id, isOffline: false }

test('rows are ticked one by one, by range in either direction, or all at once', () => {
  const fourth = toggled(nothing, at(4).id)
  expect(numbers(upTo(fourth, at(2).id, order).ids)).toEqual([2, 3, 4])
  expect(numbers(upTo(upTo(fourth, at(2).id, order), at(1).id, order).ids)).toEqual([1, 2, 3, 4])
  expect(numbers(toggled(fourth, at(4).id).ids)).toEqual([])
  expect(numbers(upTo(nothing, at(3).id, order).ids)).toEqual([3])
  const all = allOrNothing(fourth, order)
  expect(all.ids.size).toBe(5)
  expect(allOrNothing(all, order)).toEqual(nothing)
})

test('what left the list is no longer selected', () => {
  const both = upTo(toggled(nothing, at(1).id), at(2).id, order)
  expect(numbers(within(both, order.slice(1)).ids)).toEqual([2])
})

test('an act is refused with its reason when one of those selected does not allow it', () => {
  const submitted = aRow({ n: 6, status: 'submitted', acts: ['close'] })
  const leaving = aRow({ n: 7, kind: 'hospital-discharge', status: 'discharged', acts: [] })
  expect(refusalOf('propose', [at(1)], here)).toBeUndefined()
  expect(refusalOf('propose', [at(1), submitted], here)).toBe('Proposer viendra après le tri.')
  expect(refusalOf('propose', [at(1), leaving], here)).toMatch(/^Seules les recherches/)
  expect(refusalOf('close', [at(1), leaving], here)).toMatch(/^1\sdossier ne se clôt pas à cette étape/)
  expect(refusalOf('hand-over', [at(1), leaving], here)).toBeUndefined()
  expect(refusalOf('take', [aRow({ ownerId: at(1).id as never })], here)).toBe('Vous en êtes déjà responsable.')
  expect(refusalOf('take', [at(1)], { ...here, isOffline: true })).toMatch(/^Hors ligne/)
})

test('only the reasons that every kind selected knows are offered', () => {
  const care = aRow({ kind: 'unscheduled-care' })
  const discharge = aRow({ kind: 'hospital-discharge' })
  expect(commonClosings([at(1), care, discharge]).map(({ label }) => label)).toEqual(['Ne souhaite plus'])
  expect(commonClosings([care, discharge]).every(({ codes }) => codes['unscheduled-care'])).toBe(true)
  expect(commonClosings([at(1)]).length).toBeGreaterThan(5)
})

test('what was done is said with its number', () => {
  expect([doneInWords('close', 1), doneInWords('hand-over', 3)]).toEqual([
    '1\u00A0dossier clos',
    '3\u00A0dossiers confiés',
  ])
})

test('each is done in turn, a few at once; stopped, the rest is left alone and says so', async () => {
  const stop = new AbortController()
  const begun: number[] = []
  let running = 0
  let most = 0
  const run = async (item: number): Promise<Outcome<number>> => {
    begun.push(item)
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    if (item === 3) stop.abort()
    return item === 2 ? { item, state: 'refused', why: 'non' } : { item, state: 'done' }
  }
  const told: number[] = []
  const outcomes = await runEach([1, 2, 3, 4, 5, 6], run, {
    atOnce: 2,
    stop: stop.signal,
    tell: ({ item }) => told.push(item),
  })
  expect(most).toBe(2)
  expect(outcomes.map(({ state }) => state).slice(0, 3)).toEqual(['done', 'refused', 'done'])
  expect(outcomes.at(-1)).toEqual({ item: 6, state: 'stopped' })
  expect(told).toEqual(begun)
})
