import { expect, test } from 'vitest'
import { aRow } from '../list/a-row.ts'
import { changesIn, changesInWords, merged } from './changes.ts'

const [one, two, three, other] = [1, 2, 3, 4].map((n) => aRow({ n }))
if (!one || !two || !three || !other) throw new Error('four rows were made')

test('a row changed, one left the filters, one came in; what concerns none of them is no news here', () => {
  const asked = [one.id, two.id, three.id, other.id]
  const changes = changesIn([one, two], asked, [{ ...one, version: 2 }, three])
  expect([...changes]).toEqual([
    [one.id, 'changed'],
    [two.id, 'gone'],
    [three.id, 'new'],
  ])
})

test('what one did oneself, read already, is no news', () => {
  expect(changesIn([{ ...one, version: 5 }], [one.id], [{ ...one, version: 5 }]).size).toBe(0)
})

test('what came in stays new when it changes again, and is forgotten when it leaves', () => {
  const came = new Map([[one.id, 'new']] as const)
  expect(merged(came, new Map([[one.id, 'changed']] as const)).get(one.id)).toBe('new')
  expect(merged(came, new Map([[one.id, 'gone']] as const)).size).toBe(0)
})

test('the banner counts in words', () => {
  expect([changesInWords(1), changesInWords(3)]).toEqual(['1 dossier mis à jour', '3 dossiers mis à jour'])
})
