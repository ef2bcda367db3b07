import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './root.mjs'
import { isFresh, sign, unsign } from './stamp.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-stamp-'))
const at = (name: string): string => path.join(folder, name)
const target = {
  dist: path.relative(root, at('dist')),
  made: ['main.js'],
  inputs: [path.relative(root, at('src'))],
}

afterAll(() => rmSync(folder, { recursive: true }))

test('a build is stale until it is signed, after a source changes, and when its product is gone', () => {
  mkdirSync(at('src'))
  mkdirSync(at('dist'))
  writeFileSync(at('src/a.ts'), 'one')
  writeFileSync(at('dist/main.js'), '')
  expect(isFresh(target)).toBe(false)
  sign(target)
  expect(isFresh(target)).toBe(true)
  writeFileSync(at('src/a.test.ts'), 'a test is no source')
  expect(isFresh(target)).toBe(true)
  writeFileSync(at('src/a.ts'), 'two')
  expect(isFresh(target)).toBe(false)
  sign(target)
  rmSync(at('dist/main.js'))
  expect(isFresh(target)).toBe(false)
  unsign(target)
})
