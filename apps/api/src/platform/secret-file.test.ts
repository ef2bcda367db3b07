import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ensureSecretFile } from './secret-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-secret-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('a secret is made once, kept, and readable by its owner alone', () => {
  const file = path.join(folder, 'donnees/cle')
  const secret = ensureSecretFile(file)
  expect(secret).toMatch(/^[\w-]{32}$/)
  expect(ensureSecretFile(file)).toBe(secret)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.dirname(file))).toEqual(['cle'])
})
