import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { colourPairs, contrastOf } from './colour-pairs.ts'
import { colourOf, contrast, over, tokensOf } from './contrast.ts'

const tokens = tokensOf(readFileSync(new URL('../../../tokens.css', import.meta.url), 'utf8'))

test('the measure is that of WCAG', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5)
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2)
  expect(over([0, 0, 0], [255, 255, 255], 0.75)).toEqual([63.75, 63.75, 63.75])
})

test('a token is read through those that it names, each theme with its own', () => {
  expect(colourOf(tokens.light, '--ui-text')).toEqual([0x25, 0x23, 0x1e])
  expect(colourOf(tokens.dark, '--m-late')).toEqual([0xfe, 0xb0, 0xa6])
  expect(() => colourOf(tokens.light, '--m-row')).toThrow('not a colour')
})

test.each(['light', 'dark'] as const)('every ink reads on every ground that it meets, theme %s', (theme) => {
  const weak = colourPairs
    .map((pair) => ({ ...pair, ratio: contrastOf(tokens[theme], pair) }))
    .filter(({ ratio, least }) => ratio < least)
    .map(({ label, ratio, least }) => `${label}: ${ratio.toFixed(2)} < ${least}`)
  expect(weak).toEqual([])
})

test('both themes define the same roles', () => {
  const roles = (theme: 'light' | 'dark'): string[] =>
    [...tokens[theme].keys()].filter((name) => /^--(ui|m)-/.test(name)).sort()
  expect(roles('dark')).toEqual(roles('light'))
})
