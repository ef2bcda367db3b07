import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { keepOneByteACharacter } from './one-byte.mjs'

test('expressions with letters of any width match as they did, in a file of one byte a letter', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'maillage-one-byte-'))
  const file = path.join(folder, 'made.js')
  writeFileSync(file, 'export const apart = /[\\s’-]+/g\nexport const ticks = /^[✓✔😀]$/u\nexport const acute = /é/\n')
  keepOneByteACharacter(folder)
  expect(readFileSync(file, 'utf8')).not.toMatch(/[^\0-\xff]/)
  // What was just written exports these three.
  const made = (await import(pathToFileURL(file).href)) as Record<'apart' | 'ticks' | 'acute', RegExp>
  expect('Jean d’Arc-Lys'.split(made.apart)).toEqual(['Jean', 'd', 'Arc', 'Lys'])
  expect(['✓', '😀', '😁', 'x'].map((word) => made.ticks.test(word))).toEqual([true, true, false, false])
  expect(made.acute.test('é')).toBe(true)
  rmSync(folder, { recursive: true })
})
