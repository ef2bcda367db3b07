import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Makes a secret that nobody chose: 192 bits, safe in a URL and in a file. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url')
}

/** Reads a secret kept beside the data, or makes it the first time; only the owner of the file may read it. */
export function ensureSecretFile(file: string, make: () => string = newSecret): string {
  if (!existsSync(file)) writeOnce(file, make())
  return readFileSync(file, 'utf8').trim()
}

/** Two first starts at once must agree on one secret: the file appears whole, and the first one wins. */
function writeOnce(file: string, secret: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}
