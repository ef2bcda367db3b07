import { expect, test } from 'vitest'
import { actsOf, splitActs } from './case-acts.ts'

const spec = (label: string) => ({ label, fields: [], done: 'Fait' })
const specs = { hold: spec('Mettre en pause'), qualify: spec('Trier'), close: spec('Clore') }

test('only what the server names is offered, what it refuses comes last with its reason', () => {
  const acts = actsOf(
    [
      { action: 'hold', requires: [], disabledBecause: 'wrong-status' },
      { action: 'close', requires: [] },
      { action: 'unheard-of', requires: [] },
    ],
    specs,
    () => undefined,
  )
  expect(acts.map(({ key, refusedBecause }) => [key, refusedBecause])).toEqual([
    ['close', undefined],
    ['hold', 'Pas à cette étape'],
  ])
})

test('the next step is the first wanted act that can be done; the rest goes to the menu', () => {
  const acts = actsOf(
    [
      { action: 'qualify', requires: [], disabledBecause: 'wrong-status' },
      { action: 'hold', requires: [] },
      { action: 'close', requires: [] },
    ],
    specs,
    () => undefined,
  )
  const { primary, others } = splitActs(acts, ['qualify', 'close'])
  expect(primary?.key).toBe('close')
  expect(others.map(({ key }) => key)).toEqual(['hold', 'qualify'])
})
