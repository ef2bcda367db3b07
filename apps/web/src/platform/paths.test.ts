import { expect, test } from 'vitest'
import { ownPath, paths } from './paths.ts'

test('the way back leads to one of our pages only', () => {
  expect(ownPath('/file?kind=gp-search')).toBe('/file?kind=gp-search')
  for (const foreign of ['//exemple.test', '/\\exemple.test', 'https://exemple.test', 'javascript:x', '', undefined]) {
    expect(ownPath(foreign)).toBeUndefined()
  }
})

test('a case is found by its reference', () => {
  expect(paths.case('MT-2026-0042')).toBe('/dossiers/MT-2026-0042')
})
