import { expect, test } from 'vitest'
import { bothTexts, mayKeepBoth, mergeForms, settled } from './merge-forms.ts'

const base = { freeText: 'Diabète.', homeVisit: false, languages: ['fr'], distance: 10, commune: { code: '30321' } }

test('what each changed alone is kept, and nothing is asked', () => {
  const merged = mergeForms(base, { ...base, freeText: 'Diabète. Vit seule.' }, { ...base, homeVisit: true })
  expect(merged.values).toEqual({ ...base, freeText: 'Diabète. Vit seule.', homeVisit: true })
  expect(merged.collisions).toEqual([])
  expect(merged.taken).toEqual(['homeVisit'])
})

test('the same change twice is one change', () => {
  const both = { ...base, distance: 20, commune: { code: '30133' } }
  expect(mergeForms(base, both, { ...both, commune: { code: '30133' } }).collisions).toEqual([])
})

test('an object rebuilt in another order, or an absent field left empty, is no change', () => {
  const was = { commune: { code: '30321', name: 'Sommières' }, note: undefined as string | undefined }
  const mine = { commune: { name: 'Sommières', code: '30321' }, note: undefined }
  const merged = mergeForms<object>(was, mine, { commune: { code: '30133', name: 'Junas' } })
  expect(merged.values).toEqual({ commune: { code: '30133', name: 'Junas' } })
  expect(merged.collisions).toEqual([])
})

test('ticks of a list add up: added here, taken away there', () => {
  const merged = mergeForms(
    { ...base, languages: ['fr', 'es'] },
    { ...base, languages: ['fr', 'es', 'ar'] },
    { ...base, languages: ['fr', 'pt'] },
  )
  expect(merged.values.languages).toEqual(['fr', 'pt', 'ar'])
  expect(merged.collisions).toEqual([])
})

test('the same field changed twice keeps the words typed here until somebody chooses', () => {
  const mine = { ...base, freeText: 'Diabète. Vit seule.', distance: 15 }
  const theirs = { ...base, freeText: 'Diabète. Sort le 3 mars.', distance: 30 }
  const merged = mergeForms(base, mine, theirs)
  expect(merged.collisions.map(({ field }) => field)).toEqual(['freeText', 'distance'])
  expect(merged.values).toMatchObject({ freeText: 'Diabète. Vit seule.', distance: 15 })
  expect(settled(merged, {}).freeText).toBe('Diabète. Vit seule.')
  expect(settled(merged, { freeText: 'theirs', distance: 'theirs' })).toEqual(theirs)
  expect(settled(merged, { freeText: 'both' }).freeText).toBe('Diabète. Sort le 3 mars.\nVit seule.')
})

test('both texts hold every word of each, whatever they began from', () => {
  const words = { field: 'freeText', base: 'Un texte.', mine: 'Tout autre chose.', theirs: 'Encore autre chose.' }
  expect(bothTexts(words)).toBe('Encore autre chose.\nTout autre chose.')
  expect(mayKeepBoth(words)).toBe(true)
  expect(mayKeepBoth({ ...words, mine: '2026-03-02', theirs: '2026-03-03' })).toBe(false)
  expect(mayKeepBoth({ ...words, mine: 15, theirs: 30 })).toBe(false)
})

// Every way that three sides of three fields can differ: nothing typed is ever lost, nothing saved unsaid.
const cells = ['a', 'b', 'c'].flatMap((was) =>
  ['a', 'b', 'c'].flatMap((typed) => ['a', 'b', 'c'].map((saved) => [was, typed, saved] as const)),
)
test.each(cells)('from %s, typed %s, saved %s', (was, typed, saved) => {
  const { values, collisions } = mergeForms({ field: was }, { field: typed }, { field: saved })
  if (typed !== was) expect(values.field).toBe(typed)
  else expect(values.field).toBe(saved)
  expect(collisions.length).toBe(typed !== was && saved !== was && typed !== saved ? 1 : 0)
})
